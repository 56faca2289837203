/**
 * Prefixes as containers/image matches them at pull time (`sysregistriesv2` refMatchingPrefix). It differs from the
 * nesting of `scope.ts`: a port, tag or digest after the prefix is a match too.
 */

const slash = '/'.charCodeAt(0);
const colon = ':'.charCodeAt(0);
const atSign = '@'.charCodeAt(0);

/**
 * How much of `ref` the prefix covers, or -1. A `*.domain` prefix covers the whole host; only the first place where
 * `.domain` stands in `ref` counts, so `a.io.b.io` is not matched by `*.io`.
 */
export function matchPrefix(ref: string, prefix: string): number {
  if (prefix.startsWith('*.')) return matchWildcard(ref, prefix.slice(1));
  return ref.startsWith(prefix) && isBoundary(ref, prefix.length) ? prefix.length : -1;
}

function matchWildcard(ref: string, suffix: string): number {
  const at = ref.indexOf(suffix);
  if (at === -1) return -1;
  const pathStart = ref.indexOf('/');
  if (pathStart !== -1 && pathStart < at) return -1;
  return isBoundary(ref, at + suffix.length) ? at + suffix.length : -1;
}

/** True where a prefix may end: at the end of `ref` or before `/`, `:` or `@`. */
export function isBoundary(ref: string, at: number): boolean {
  if (at === ref.length) return true;
  const next = ref.charCodeAt(at);
  return next === slash || next === colon || next === atSign;
}
