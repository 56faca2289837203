/** A version as oc-mirror reads it (Masterminds semver): `v` in front, and minor and patch may be missing. */
export interface Version {
  /** Major, minor, patch. */
  readonly numbers: readonly bigint[];
  /** What follows the hyphen, split at dots; empty for a plain version. */
  readonly prerelease: readonly string[];
}

/** Undefined for a text that is no version. The build part behind `+` does not count. */
export function parseVersion(text: string): Version | undefined {
  const bare = text.startsWith('v') ? text.slice(1) : text;
  const [core = ''] = bare.split('+', 1);
  const hyphen = core.indexOf('-');
  const numbers = (hyphen === -1 ? core : core.slice(0, hyphen)).split('.');
  const prerelease = hyphen === -1 ? [] : core.slice(hyphen + 1).split('.');
  if (bare.length > mostCharacters || numbers.length > 3) return undefined;
  if (!numbers.every(isNumeric) || prerelease.includes('')) return undefined;
  return { numbers: [0, 1, 2].map((place) => BigInt(numbers[place] ?? 0)), prerelease };
}

const mostCharacters = 256;

/** Negative when `left` is the lower version (semver 2.0.0, 11). */
export function compareVersions(left: Version, right: Version): number {
  const place = [0, 1, 2].find((index) => left.numbers[index] !== right.numbers[index]);
  if (place !== undefined) return (left.numbers[place] ?? 0n) < (right.numbers[place] ?? 0n) ? -1 : 1;
  return comparePrereleases(left.prerelease, right.prerelease);
}

function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (const [index, identifier] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (identifier !== other) return compareIdentifiers(identifier, other);
  }
  return left.length - right.length;
}

/** Numbers by value and below words, words by their ASCII characters. */
function compareIdentifiers(left: string, right: string): number {
  const [isNumber, isOtherNumber] = [isNumeric(left), isNumeric(right)];
  if (isNumber && isOtherNumber) return BigInt(left) < BigInt(right) ? -1 : 1;
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return left < right ? -1 : 1;
}

function isNumeric(text: string): boolean {
  return text !== '' && Array.from(text).every((character) => character >= '0' && character <= '9');
}
