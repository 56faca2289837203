/** Pieces of TOML as BurntSushi/toml v1.5.0 writes them, the encoder behind every TOML file that nodes get. */

/** A basic string: double quotes, short escapes where TOML has them, `\u00xx` for other control characters. */
export function tomlString(text: string): string {
  if (!needsEscape(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of text) quoted += escapes.get(character) ?? controlEscape(character);
  return `${quoted}"`;
}

function needsEscape(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code === 0x7f) return true;
  }
  return false;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

function controlEscape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? `\\u${code.toString(16).padStart(4, '0')}` : character;
}

/** An array of strings on one line; `[]` when empty. */
export function tomlStrings(items: readonly string[]): string {
  return `[${items.map(tomlString).join(', ')}]`;
}

/** A key: bare when it may be, quoted otherwise. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlString(key);
}
