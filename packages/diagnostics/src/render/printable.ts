/**
 * Text that is safe on a terminal: control characters (also escape sequences) and characters that reorder or hide text
 * become visible ones. Line breaks too: one line stays one line.
 */
export function printable(text: string): string {
  return text.replaceAll(unsafe, (character) => visible(character.codePointAt(0) ?? 0));
}

/** How many terminal columns a printable text takes: 0 for combining marks, 2 for wide characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const unsafe = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{Surrogate}]/gu;

function visible(code: number): string {
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function characterWidth(character: string): number {
  if (/^\p{Mark}/u.test(character)) return 0;
  return isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
}

/** Ranges of East Asian Wide and Fullwidth (Unicode annex 11) and of emoji. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return code >= 0x1100 && wideRanges.some(([low, high]) => code >= low && code <= high);
}
