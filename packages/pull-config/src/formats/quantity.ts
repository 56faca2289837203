/** A Kubernetes quantity (apimachinery `resource.Quantity`): `digits * 10^-decimals`, and the family of its suffix. */
export interface Quantity {
  readonly digits: bigint;
  /** At most 9. */
  readonly decimals: number;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
  /** The text, where Go keeps it. */
  readonly written?: string | undefined;
}

interface Parts {
  readonly negative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
  readonly suffix: string;
}

const binarySuffixes: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

const largest = 2n ** 63n - 1n;

/**
 * Parses `9k`, `3G`, `1.5Gi`, `12e6`. Undefined for anything else, for more than 60 characters and beyond 2^63-1. What is
 * smaller than a billionth is rounded away from zero.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const parts = partsOf(text);
  const exact = parts && scaled(parts);
  if (!parts || !exact) return undefined;
  const quantity = exact.decimals > 9 ? { ...exact, digits: divideUp(exact, exact.decimals - 9), decimals: 9 } : exact;
  const value = quantityValue(quantity);
  if (value > largest || -value > largest) return undefined;
  return isKeptAsWritten(parts) ? { ...quantity, written: text } : quantity;
}

function partsOf(text: string): Parts | undefined {
  const match = text.length <= 60 ? /^([+-]?)(\d+(?:\.\d*)?|\.\d+)([A-Za-z]{0,2}|[eE][+-]?\d{1,3})$/.exec(text) : null;
  if (!match) return undefined;
  const [, sign = '', number = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  return { negative: sign === '-', whole: whole.replace(/^0+/, '') || '0', fraction, suffix };
}

function scaled({ negative, whole, fraction, suffix }: Parts): Quantity | undefined {
  const digits = BigInt(`${whole}${fraction}`) * (negative ? -1n : 1n);
  const binary = binaryPower(suffix);
  if (binary > 0) return { digits: digits * 1024n ** BigInt(binary), decimals: fraction.length, format: 'BinarySI' };
  const decimal = decimalExponent(suffix);
  if (decimal === undefined) return undefined;
  const format = decimalSuffixes.has(suffix) ? 'DecimalSI' : 'DecimalExponent';
  if (decimal <= fraction.length) return { digits, decimals: fraction.length - decimal, format };
  return { digits: digits * 10n ** BigInt(decimal - fraction.length), decimals: 0, format };
}

function binaryPower(suffix: string): number {
  return binarySuffixes.indexOf(suffix);
}

function decimalExponent(suffix: string): number | undefined {
  if (/^[eE][+-]?\d+$/.test(suffix)) return Number(suffix.slice(1));
  return decimalSuffixes.get(suffix);
}

// Go takes a number that fits 64 bits and looks canonical for canonical, also with a plus sign or a final dot.
function isKeptAsWritten({ whole, fraction, suffix }: Parts): boolean {
  const power = binaryPower(suffix);
  if (power > 0) return fraction === '' && 15 - whole.length - power * 3 - 1 >= 0 && Number(whole) % 8 !== 0;
  const number = whole + fraction;
  const scale = (decimalExponent(suffix) ?? 0) - fraction.length;
  return number.length <= 18 && scale >= -9 && scale % 3 === 0 && !number.endsWith('000') && !number.startsWith('0');
}

/** The whole number that it stands for, rounded away from zero (`Quantity.Value`). */
export function quantityValue(quantity: Quantity): bigint {
  return divideUp(quantity, quantity.decimals);
}

function divideUp({ digits }: Quantity, decimals: number): bigint {
  const unit = 10n ** BigInt(decimals);
  if (digits % unit === 0n) return digits / unit;
  return digits / unit + (digits < 0n ? -1n : 1n);
}

/** The text that Go prints (`Quantity.String`): as written, else the largest suffix of its family without a fraction. */
export function quantityText(quantity: Quantity): string {
  const { digits, decimals, format, written } = quantity;
  if (written !== undefined) return written;
  if (digits === 0n) return '0';
  const isWhole = digits % 10n ** BigInt(decimals) === 0n;
  if (format === 'BinarySI' && isWhole) return binaryText(quantityValue(quantity));
  return decimalText(quantity);
}

function binaryText(value: bigint): string {
  let power = 0;
  let rest = value;
  for (; rest % 1024n === 0n && power < binarySuffixes.length - 1; power++) rest /= 1024n;
  return `${rest}${binarySuffixes[power]}`;
}

function decimalText({ digits, decimals, format }: Quantity): string {
  let rest = digits;
  let exponent = -decimals;
  for (; rest % 10n === 0n; exponent++) rest /= 10n;
  const multiple = Math.min(Math.floor(exponent / 3) * 3, 18);
  const number = rest * 10n ** BigInt(exponent - multiple);
  if (format === 'DecimalExponent') return multiple === 0 ? `${number}` : `${number}e${multiple}`;
  const suffix = [...decimalSuffixes].find(([, value]) => value === multiple)?.[0] ?? '';
  return `${number}${suffix}`;
}
