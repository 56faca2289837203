/**
 * True when go-yaml v2 reads the plain text back as a string, so that it needs no quotes; false for what YAML 1.1 takes
 * for a boolean, null, number, base-60 number or timestamp (`resolve.go`).
 */
export function resolvesToString(text: string): boolean {
  if (text === '' || words.has(text)) return false;
  const first = text[0] as string;
  if (first === '.') return !isFloat(text);
  if (!isDigit(first) && first !== '+' && first !== '-') return true;
  return !isTimestamp(text) && !isNumber(text.replaceAll('_', '')) && !isBase60(text);
}

const words: ReadonlySet<string> = new Set(
  [
    'y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null NULL',
    '.nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF',
  ]
    .join(' ')
    .split(' '),
);

function isNumber(text: string): boolean {
  const unsigned = text.startsWith('+') || text.startsWith('-') ? text.slice(1) : text;
  return isInteger(unsigned, text.startsWith('-')) || isFloat(text);
}

const bases: Readonly<Record<string, { digits: string; bits: number }>> = {
  x: { digits: '0123456789abcdef', bits: 4 },
  o: { digits: '01234567', bits: 3 },
  b: { digits: '01', bits: 1 },
};

/** Prefixed integers that fit 64 bits. Decimal and octal ones are floats at the latest, so `isFloat` covers them. */
function isInteger(unsigned: string, negative: boolean): boolean {
  const base = unsigned[0] === '0' ? bases[(unsigned[1] ?? '').toLowerCase()] : undefined;
  const digits = unsigned.slice(2).toLowerCase();
  if (!base || digits === '' || !Array.from(digits).every((digit) => base.digits.includes(digit))) return false;
  const significant = digits.replace(/^0+/, '');
  const bits = significant === '' ? 0 : significantBits(significant, base);
  return bits <= 63 || (bits === 64 && (!negative || isPowerOfTwo(significant)));
}

function significantBits(digits: string, base: { digits: string; bits: number }): number {
  const first = base.digits.indexOf(digits[0] as string);
  return (digits.length - 1) * base.bits + (32 - Math.clz32(first));
}

function isPowerOfTwo(digits: string): boolean {
  return '1248'.includes(digits[0] as string) && Array.from(digits.slice(1)).every((digit) => digit === '0');
}

/** `[-+]? (.d+ | d+ (.d*)?) ([eE] [-+]? d+)?` within the range of a double. */
function isFloat(text: string): boolean {
  let at = text[0] === '+' || text[0] === '-' ? 1 : 0;
  const whole = digitsAt(text, at);
  at += whole;
  if (text[at] === '.') {
    const fraction = digitsAt(text, at + 1);
    if (whole === 0 && fraction === 0) return false;
    at += 1 + fraction;
  } else if (whole === 0) return false;
  if (text[at] === 'e' || text[at] === 'E') {
    const sign = text[at + 1] === '+' || text[at + 1] === '-' ? 1 : 0;
    const exponent = digitsAt(text, at + 1 + sign);
    if (exponent === 0) return false;
    at += 1 + sign + exponent;
  }
  return at === text.length && Number.isFinite(Number(text));
}

/** `[-+]? d[d_]* (:[0-5]?d)+ (.[d_]*)?` */
function isBase60(text: string): boolean {
  const unsigned = text[0] === '+' || text[0] === '-' ? text.slice(1) : text;
  const [clock = '', ...rest] = unsigned.split('.');
  if (rest.length > 1 || !Array.from(rest.join('')).every(isDigitOrUnderscore)) return false;
  const [head = '', ...parts] = clock.split(':');
  if (parts.length === 0 || !isDigit(head[0] ?? '') || !Array.from(head).every(isDigitOrUnderscore)) return false;
  return parts.every((part) => isNumberBelow(part, 1, 2, 60));
}

/**
 * `2006-1-2`, optionally followed by `T15:4:5` (or `t`) with a zone, or by a blank and `15:4:5` without one; seconds may
 * have a fraction. Field widths follow Go's `time.Parse`.
 */
function isTimestamp(text: string): boolean {
  const mark = Array.from(text).findIndex((character) => character === 'T' || character === 't' || character === ' ');
  const date = mark === -1 ? text : text.slice(0, mark);
  if (!isDate(date)) return false;
  if (mark === -1) return true;
  const clock = text.slice(mark + 1);
  return text[mark] === ' ' ? isClock(clock) : isClockWithZone(clock);
}

function isDate(text: string): boolean {
  const [year = '', month = '', day = '', ...more] = text.split('-');
  if (more.length > 0 || year.length !== 4 || digitsAt(year, 0) !== 4) return false;
  if (!isNumberBelow(month, 1, 2, 13) || Number(month) === 0) return false;
  return isNumberBelow(day, 1, 2, daysIn(Number(year), Number(month)) + 1) && Number(day) > 0;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function isClock(text: string): boolean {
  const [hour = '', minute = '', rest = '', ...more] = text.split(':');
  if (more.length > 0 || !isNumberBelow(hour, 1, 2, 24) || !isNumberBelow(minute, 1, 2, 60)) return false;
  const whole = digitsAt(rest, 0);
  if (!isNumberBelow(rest.slice(0, whole), 1, 2, 60)) return false;
  const fraction = rest.slice(whole);
  if (fraction === '') return true;
  return '.,'.includes(fraction[0] as string) && fraction.length > 1 && digitsAt(fraction, 1) === fraction.length - 1;
}

function isClockWithZone(text: string): boolean {
  if (text.endsWith('Z')) return isClock(text.slice(0, -1));
  const sign = text.at(-6);
  const [hours = '', minutes = ''] = text.slice(-5).split(':');
  if ((sign !== '+' && sign !== '-') || !isNumberBelow(hours, 2, 2, 25) || !isNumberBelow(minutes, 2, 2, 61))
    return false;
  return isClock(text.slice(0, -6));
}

function isNumberBelow(text: string, shortest: number, longest: number, limit: number): boolean {
  if (text.length < shortest || text.length > longest || digitsAt(text, 0) !== text.length) return false;
  return Number(text) < limit;
}

function digitsAt(text: string, start: number): number {
  let end = start;
  while (isDigit(text[end] ?? '')) end++;
  return end - start;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

function isDigitOrUnderscore(character: string): boolean {
  return isDigit(character) || character === '_';
}
