type Span = readonly [start: number, end: number];

/**
 * Where a text holds secrets, by start and without overlap: the user part of URLs, authorization headers and bearer words, values of fields
 * that are named like secrets (`auth`, `password`, `identitytoken` ...), JSON web tokens, private keys. One pass each.
 */
export function secretSpans(text: string): readonly Span[] {
  const spans = [
    ...userInfo(text),
    ...fieldValues(text),
    ...schemeWords(text),
    ...webTokens(text),
    ...privateKeys(text),
  ];
  return joined(spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
}

/** A password may hold what looks like a URL: spans that overlap are one secret. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const [start, end] of spans) {
    const last = result.at(-1);
    if (last === undefined || start > last[1]) result.push([start, end]);
    else result[result.length - 1] = [last[0], Math.max(last[1], end)];
  }
  return result;
}

/** `user:password` of `https://user:password@host`. A slash ends the search, so no text is scanned twice. */
function* userInfo(text: string): Generator<Span> {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const stop = scan(text, start, (character) => !isBlank(character) && !'/?#"\'<>'.includes(character));
    const length = text.slice(start, stop).lastIndexOf('@');
    if (length > 0) yield [start, start + length];
  }
}

const secretNames: ReadonlySet<string> = new Set([
  'auth',
  'authorization',
  'xregistryauth',
  'dockerconfigjson',
  'dockercfg',
  'pullsecret',
  'apikey',
  'privatekey',
  'credentials',
  'passphrase',
  'passwd',
]);
const secretEndings = ['password', 'token', 'secret', 'accesskey'];
const longestName = 40;

/** The value after `name:` or `name=`, quoted or up to the next blank or bracket. A header's value reaches to the end of its line. */
function* fieldValues(text: string): Generator<Span> {
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character !== ':' && character !== '=') continue;
    const name = nameBefore(text, at);
    if (!isSecretName(name)) continue;
    const [start, end] = valueAfter(text, at + 1, name === 'authorization');
    if (end > start) yield [start, end];
    at = Math.max(at, end - 1);
  }
}

function nameBefore(text: string, end: number): string {
  const window = text.slice(Math.max(0, end - longestName), end).replace(/["'\\ ]+$/, '');
  const start = scanBack(window, window.length, (character) => /[A-Za-z0-9_.-]/.test(character));
  return window.slice(start).replaceAll(/[_.-]/g, '').toLowerCase();
}

function isSecretName(name: string): boolean {
  return secretNames.has(name) || secretEndings.some((ending) => name.endsWith(ending));
}

function valueAfter(text: string, from: number, toLineEnd: boolean): Span {
  const start = scan(text, from, (character) => character === ' ' || character === '\t' || character === '\\');
  const quote = text[start];
  if (quote === '"' || quote === "'")
    return [start + 1, closingQuote(text, start + 1, quote, text[start - 1] === '\\')];
  if (toLineEnd) return [start, scan(text, start, (character) => !'\r\n"\''.includes(character))];
  return [start, scan(text, start, (character) => !isBlank(character) && !'{}[],;&"\''.includes(character))];
}

/**
 * The end of a quoted value; a quote that is itself escaped, as in JSON within a string, is closed by another such one.
 * Without a closing quote the rest of the text counts as secret: hiding too much is the safe mistake.
 */
function closingQuote(text: string, from: number, quote: string, isEscaped: boolean): number {
  if (isEscaped) {
    const close = text.indexOf(`\\${quote}`, from);
    return close === -1 ? text.length : close;
  }
  return scan(text, from, (character, at) => character !== quote || (text[at - 1] === '\\' && text[at - 2] !== '\\'));
}

/** `Bearer x` and `Basic x` outside of a header. */
function* schemeWords(text: string): Generator<Span> {
  for (const { index, 0: scheme } of text.matchAll(/\b(?:bearer|basic) /gi)) {
    const start = index + scheme.length;
    const end = scan(text, start, (character) => /[A-Za-z0-9+/=._~-]/.test(character));
    if (end - start >= 8) yield [start, end];
  }
}

/** Base64 of `{"`, the start of a JSON web token and of an encoded credentials file. */
function* webTokens(text: string): Generator<Span> {
  for (let at = text.indexOf('eyJ'); at !== -1; at = text.indexOf('eyJ', at + 1)) {
    const end = scan(text, at, (character) => /[A-Za-z0-9+/=._-]/.test(character));
    if (end - at >= 20) yield [at, end];
    at = Math.max(at, end - 1);
  }
}

function* privateKeys(text: string): Generator<Span> {
  for (const { index, 0: header } of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g)) {
    const start = index + header.length;
    const close = text.indexOf('-----', start);
    yield [start, close === -1 ? text.length : close];
  }
}

function scan(text: string, from: number, accept: (character: string, at: number) => boolean): number {
  let at = from;
  for (let character = text[at]; character !== undefined && accept(character, at); character = text[at]) at += 1;
  return at;
}

function scanBack(text: string, from: number, accept: (character: string) => boolean): number {
  let at = from;
  for (let character = text[at - 1]; character !== undefined && accept(character); character = text[at - 1]) at -= 1;
  return at;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
