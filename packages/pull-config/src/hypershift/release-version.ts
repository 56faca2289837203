/** A release version without its pre-release and build parts: `4.21.0-ec.2` counts as 4.21.0. */
export interface ReleaseVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As it was written, for messages. */
  readonly text: string;
}

/** Reads `X.Y.Z` with an optional `-pre` or `+build` part; undefined for anything else. */
export function parseReleaseVersion(text: string): ReleaseVersion | undefined {
  const core = text.slice(0, firstOf(text, '-+'));
  const numbers = core.split('.').map(numberOf);
  const [major, minor, patch] = numbers;
  if (numbers.length !== 3 || major === undefined || minor === undefined || patch === undefined) return undefined;
  return { major, minor, patch, text };
}

/**
 * The version in the tag of a release image, without the architecture: `…:4.21.0-ec.2-x86_64` is 4.21.0-ec.2. Undefined
 * for a digest or another kind of tag.
 */
export function versionOfReleaseImage(image: string): ReleaseVersion | undefined {
  const named = image.slice(0, firstOf(image, '@'));
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return undefined;
  const tag = named.slice(colon + 1);
  const architecture = architectures.find((name) => tag.endsWith(`-${name}`));
  return parseReleaseVersion(architecture === undefined ? tag : tag.slice(0, -architecture.length - 1));
}

const architectures = ['x86_64', 'aarch64', 'ppc64le', 's390x', 'multi', 'amd64', 'arm64'];

/** Negative when `a` is the older release. Pre-release parts do not count. */
export function compareReleaseVersions(a: ReleaseVersion, b: ReleaseVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** True for a release of at least `minimum`, e.g. `4.21.0`. Throws when `minimum` is no version. */
export function isReleaseAtLeast(version: ReleaseVersion, minimum: string): boolean {
  const bound = parseReleaseVersion(minimum);
  if (!bound) throw new Error(`"${minimum}" is no release version`);
  return compareReleaseVersions(version, bound) >= 0;
}

function firstOf(text: string, characters: string): number {
  const at = Array.from(characters, (character) => text.indexOf(character)).filter((index) => index !== -1);
  return Math.min(text.length, ...at);
}

function numberOf(digits: string): number | undefined {
  if (digits === '' || digits.length > 9 || (digits.length > 1 && digits.startsWith('0'))) return undefined;
  return Array.from(digits).every((digit) => digit >= '0' && digit <= '9') ? Number(digits) : undefined;
}
