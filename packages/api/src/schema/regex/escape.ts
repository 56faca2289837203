import type { Cursor } from './cursor.ts';
import { RegexSyntaxError } from './node.ts';

const control: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['f', 0x0c],
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['v', 0x0b],
]);

/** The character that an escape stands for; the cursor stands behind the backslash. */
export function readEscapedCode(cursor: Cursor): number {
  const start = cursor.at - 1;
  const character = cursor.next();
  if (character === '') throw new RegexSyntaxError('trailing backslash at end of expression', '');
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 && !/[A-Za-z0-9]/.test(character)) return code;
  const value = character === 'x' ? readHex(cursor) : (control.get(character) ?? octal(character));
  if (value === undefined) throw new RegexSyntaxError('invalid escape sequence', cursor.slice(start));
  return value;
}

/** `\0` alone; RE2's longer octal escapes are not supported. */
function octal(character: string): number | undefined {
  return character === '0' ? 0 : undefined;
}

function readHex(cursor: Cursor): number | undefined {
  const braced = cursor.accept('{');
  let digits = '';
  while (/^[0-9A-Fa-f]$/.test(cursor.peek()) && digits.length < (braced ? 6 : 2)) digits += cursor.next();
  if (braced ? !cursor.accept('}') || digits === '' : digits.length !== 2) return undefined;
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? code : undefined;
}
