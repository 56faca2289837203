/**
 * Pieces of the host and path grammar of `distribution/reference`, as predicates over `text[start, end)`. Each reads every
 * character once: untrusted text costs linear time, which no regular expression of this grammar promises.
 */

const code = (character: string): number => character.charCodeAt(0);
const zero = code('0');
const nine = code('9');
const lowerA = code('a');
const lowerZ = code('z');
const upperA = code('A');
const upperZ = code('Z');
const hyphen = code('-');
const dot = code('.');
const underscore = code('_');

/** Labels of letters, digits and inner hyphens, joined by dots. */
export function isDomainName(text: string, start = 0, end: number = text.length): boolean {
  let previous = dot;
  for (let at = start; at < end; at++) {
    const current = text.charCodeAt(at);
    if (current === dot || current === hyphen) {
      if (previous === dot || (current === dot && previous === hyphen)) return false;
    } else if (!isAlphanumeric(current)) return false;
    previous = current;
  }
  return previous !== dot && previous !== hyphen;
}

/** One or more decimal digits. */
export function isDigits(text: string, start = 0, end: number = text.length): boolean {
  for (let at = start; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return end > start;
}

/** Components joined by slashes; a component is lower-case runs joined by `.`, `_`, `__` or any number of hyphens. */
export function isRepositoryPath(text: string, start = 0, end: number = text.length): boolean {
  for (let from = start; ; ) {
    const slash = text.indexOf('/', from);
    const to = slash === -1 || slash > end ? end : slash;
    if (!isPathComponent(text, from, to)) return false;
    if (to === end) return true;
    from = to + 1;
  }
}

function isPathComponent(text: string, start: number, end: number): boolean {
  let at = endOfRun(text, start, end);
  if (at === start) return false;
  while (at < end) {
    const next = endOfSeparator(text, at, end);
    at = endOfRun(text, next, end);
    if (at === next) return false;
  }
  return true;
}

function endOfRun(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isLowerAlphanumeric(text.charCodeAt(at))) at++;
  return at;
}

function endOfSeparator(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  let at = start + 1;
  if (first === underscore && at < end && text.charCodeAt(at) === underscore) return at + 1;
  if (first === hyphen) while (at < end && text.charCodeAt(at) === hyphen) at++;
  return first === hyphen || first === dot || first === underscore ? at : start;
}

/** ASCII `0-9`. */
export function isDigit(character: number): boolean {
  return character >= zero && character <= nine;
}

/** ASCII `a-zA-Z`. */
export function isLetter(character: number): boolean {
  return (character >= lowerA && character <= lowerZ) || (character >= upperA && character <= upperZ);
}

/** ASCII `a-zA-Z0-9`. */
export function isAlphanumeric(character: number): boolean {
  return isLetter(character) || isDigit(character);
}

function isLowerAlphanumeric(character: number): boolean {
  return (character >= lowerA && character <= lowerZ) || isDigit(character);
}

/** ASCII `a-zA-Z0-9_.-`. */
export function isTagCharacter(character: number): boolean {
  return isAlphanumeric(character) || character === underscore || character === dot || character === hyphen;
}
