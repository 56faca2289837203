/** The deepest nesting of a JSON text, or more than `limit`. Checked before parsing, which recurses. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = skipString(text, at);
    else if (character === openBrace || character === openBracket) {
      if (++depth > limit) return true;
    } else if (character === closeBrace || character === closeBracket) depth--;
  }
  return false;
}

const [quote, openBrace, closeBrace, openBracket, closeBracket, backslash] = [0x22, 0x7b, 0x7d, 0x5b, 0x5d, 0x5c];

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}
