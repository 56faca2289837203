/** A stretch of a TOML text, in UTF-16 units, end exclusive. */
export type TextRange = readonly [number, number];

/** A statement of a TOML text. A header is its own value. */
export interface TomlStatement {
  /** A `[table]`, an `[[array]]` of tables, or `key = value`. */
  readonly kind: 'table' | 'array' | 'value';
  /** The dotted keys, unquoted. */
  readonly keys: readonly string[];
  readonly key: TextRange;
  readonly value: TextRange;
}

/** The statements of a text that a TOML parser has accepted, in order and in linear time. */
export function* tomlStatements(text: string): Generator<TomlStatement> {
  for (let at = nextStatement(text, 0); at < text.length; ) {
    const statement = text[at] === '[' ? readHeader(text, at) : readAssignment(text, at);
    yield statement;
    at = nextStatement(text, Math.max(statement.value[1], at + 1));
  }
}

function readHeader(text: string, at: number): TomlStatement {
  const array = text[at + 1] === '[';
  const { keys, end } = readKeys(text, at + (array ? 2 : 1), ']');
  const range = [at, Math.min(end + (array ? 2 : 1), text.length)] as const;
  return { kind: array ? 'array' : 'table', keys, key: range, value: range };
}

function readAssignment(text: string, at: number): TomlStatement {
  const { keys, end } = readKeys(text, at, '=');
  const start = skipBlanks(text, end + 1);
  return { kind: 'value', keys, key: [at, end], value: [start, endOfValue(text, start)] };
}

/** The dotted keys from `at` up to `stop` or the end of the line, and where they end. */
function readKeys(text: string, at: number, stop: string): { keys: string[]; end: number } {
  const keys: string[] = [];
  let from = at;
  let end = at;
  while (end < text.length && text[end] !== stop && text[end] !== '\n') {
    const character = text[end];
    if (character === '"' || character === "'") end = endOfString(text, end);
    else if (character === '.') {
      keys.push(keyOf(text.slice(from, end)));
      from = ++end;
    } else end++;
  }
  keys.push(keyOf(text.slice(from, end)));
  return { keys, end };
}

function keyOf(written: string): string {
  const key = written.trim();
  if (key.startsWith("'")) return key.slice(1, -1);
  return key.startsWith('"') ? unescaped(key) : key;
}

// Basic strings of TOML are those of JSON but for rare escapes; such a key is left as written and costs a place only.
function unescaped(key: string): string {
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
}

/** The end of a value that starts at `start`: the end of its line, or of the brackets or long string that it opens. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let end = start;
  let at = start;
  while (at < text.length && (depth > 0 || text[at] !== '\n')) {
    const character = text[at];
    if (character === '#') {
      at = endOfLine(text, at);
      continue;
    }
    if (character === '[' || character === '{') depth++;
    if (character === ']' || character === '}') depth--;
    at = character === '"' || character === "'" ? endOfString(text, at) : at + 1;
    if (character !== ' ' && character !== '\t' && character !== '\r') end = at;
  }
  return end;
}

function endOfString(text: string, start: number): number {
  const quote = text[start] ?? '';
  const long = text.startsWith(quote.repeat(3), start);
  const closing = long ? quote.repeat(3) : quote;
  let at = start + closing.length;
  while (at < text.length && !text.startsWith(closing, at)) {
    if (!long && text[at] === '\n') return at;
    at += quote === '"' && text[at] === '\\' ? 2 : 1;
  }
  at = Math.min(at + closing.length, text.length);
  // A long string may end with up to two more quotes that belong to it.
  while (long && text[at] === quote) at++;
  return at;
}

function nextStatement(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n#\ufeff'.includes(text[at] ?? ''))
    at = text[at] === '#' ? endOfLine(text, at) : at + 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
