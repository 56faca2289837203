import { isAlphanumeric, isDigit, isLetter } from './grammar.ts';
import { type Fault, fault, quoted } from './result.ts';

export type DigestErrorCode = 'ref-digest-algorithm' | 'ref-digest-length' | 'ref-digest-format';

const hexLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * The fault of `algorithm:encoded` by the rules of opencontainers/go-digest, or undefined: sha256, sha384 and sha512 with
 * lower-case hex of their exact length are known, every other algorithm is not.
 */
export function digestFault(digest: string): Fault<DigestErrorCode> | undefined {
  if (digest.length === 71 && digest.startsWith('sha256:') && isLowerHex(digest, 7)) return undefined;
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, Math.max(colon, 0));
  const encoded = digest.slice(colon + 1);
  if (colon <= 0 || encoded === '')
    return fault('ref-digest-format', `${quoted(digest)} is no digest: it lacks algorithm:hex`);
  const length = Object.hasOwn(hexLengths, algorithm) ? hexLengths[algorithm] : undefined;
  if (length === undefined) return unknownAlgorithm(digest, algorithm, encoded);
  if (encoded.length !== length)
    return fault('ref-digest-length', `a ${algorithm} digest has ${length} hex digits, not ${encoded.length}`);
  if (!isLowerHex(encoded)) return fault('ref-digest-format', `a ${algorithm} digest has lower-case hex digits only`);
  return undefined;
}

function unknownAlgorithm(digest: string, algorithm: string, encoded: string): Fault<DigestErrorCode> {
  if (isAlgorithm(algorithm) && isEncoded(encoded))
    return fault('ref-digest-algorithm', `digest algorithm ${quoted(algorithm)} is not supported`);
  return fault('ref-digest-format', `${quoted(digest)} is no digest`);
}

/** Lower-case alphanumeric runs joined by single `.`, `+`, `_` or `-`. */
function isAlgorithm(text: string): boolean {
  let afterRun = false;
  for (const character of text) {
    const separator = '.+_-'.includes(character);
    if (separator ? !afterRun : !isLowerAlphanumeric(character)) return false;
    afterRun = !separator;
  }
  return afterRun;
}

function isLowerAlphanumeric(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

function isEncoded(text: string): boolean {
  for (let at = 0; at < text.length; at++)
    if (!isAlphanumeric(text.charCodeAt(at)) && !'=_-'.includes(text.charAt(at))) return false;
  return true;
}

/** Lower-case hex digits only, from `start` on. */
export function isLowerHex(text: string, start = 0): boolean {
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (!isDigit(character) && !(character >= 0x61 && character <= 0x66)) return false;
  }
  return true;
}

/**
 * True for what may follow `@` in a reference by the grammar of `distribution/reference`: algorithm parts that start with
 * a letter, joined by single `-`, `_`, `+` or `.`, then `:` and at least 32 hex digits of either case. `digestFault` is
 * stricter and comes after it.
 */
export function hasDigestGrammar(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon === -1 || text.length - colon - 1 < 32) return false;
  return isAlgorithmOfReference(text, colon) && isHex(text, colon + 1);
}

function isAlgorithmOfReference(text: string, end: number): boolean {
  let startsPart = true;
  for (let at = 0; at < end; at++) {
    const character = text.charCodeAt(at);
    const separator = '-_+.'.includes(text.charAt(at));
    if (startsPart ? !isLetter(character) : !separator && !isAlphanumeric(character)) return false;
    startsPart = separator;
  }
  return !startsPart;
}

function isHex(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    const lower = text.charCodeAt(at) | 0x20;
    if (!isDigit(text.charCodeAt(at)) && !(lower >= 0x61 && lower <= 0x66)) return false;
  }
  return true;
}
