/**
 * Order of mapping keys in go-yaml v2 (`sorter.go`): letters by code point and after everything else, runs of digits by
 * their number. Negative when `a` comes first.
 */
export function compareGoYamlKeys(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] !== right[at]) return compareFrom(left, right, at);
  }
  return left.length - right.length;
}

function compareFrom(left: readonly string[], right: readonly string[], at: number): number {
  const [l, r] = [left[at] as string, right[at] as string];
  const [isLetterL, isLetterR] = [isLetter(l), isLetter(r)];
  if (isLetterL && isLetterR) return codePoint(l) - codePoint(r);
  if (isLetterL || isLetterR) return isLetterR ? -1 : 1;
  return compareDigits(left, right, at) || codePoint(l) - codePoint(r);
}

/** Numbers first by value, then by length. A zero after a non-zero digit is part of a longer number, hence the leading 1. */
function compareDigits(left: readonly string[], right: readonly string[], at: number): number {
  const lead = (left[at] === '0' || right[at] === '0') && hasNonZeroDigitBefore(left, at) ? '1' : '0';
  const [l, r] = [digitsFrom(left, at), digitsFrom(right, at)];
  const difference = wrapped(lead + l) - wrapped(lead + r);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return l.length - r.length;
}

/** Go adds up in an int64 that wraps around. */
function wrapped(digits: string): bigint {
  return BigInt.asIntN(64, BigInt(digits));
}

function hasNonZeroDigitBefore(characters: readonly string[], at: number): boolean {
  for (let index = at - 1; index >= 0 && isDigit(characters[index]); index--) {
    if (characters[index] !== '0') return true;
  }
  return false;
}

function digitsFrom(characters: readonly string[], at: number): string {
  let end = at;
  while (end < characters.length && isDigit(characters[end])) end++;
  return characters.slice(at, end).join('');
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character.length === 1 && character >= '0' && character <= '9';
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}
