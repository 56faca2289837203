/** What an image runs on, in the words of Go: `linux`, `arm64`, `v8`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
}

/** Reads `os/architecture[/variant]`; undefined for anything else. */
export function parsePlatform(text: string): Platform | undefined {
  const [os = '', architecture = '', variant, ...more] = text.split('/', 4);
  if (os === '' || architecture === '' || variant === '' || more.length > 0) return undefined;
  return { os, architecture, variant };
}

/** `os/architecture[/variant]`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/**
 * True when an image for `offered` serves `wanted`. A variant that is not asked for does not matter; `arm64` without one
 * is `v8`, `arm` is `v7`.
 */
export function servesPlatform(offered: Platform, wanted: Platform): boolean {
  if (offered.os !== wanted.os || offered.architecture !== wanted.architecture) return false;
  return wanted.variant === undefined || variantOf(offered) === wanted.variant;
}

function variantOf({ architecture, variant }: Platform): string | undefined {
  if (variant !== undefined && variant !== '') return variant;
  return architecture === 'arm64' ? 'v8' : architecture === 'arm' ? 'v7' : undefined;
}
