/** A Kubernetes quantity (apimachinery `resource.Quantity`): `digits * 10^-decimals`, and the family of its suffix. */
export interface Quantity {
  readonly digits: bigint;
  readonly decimals: number;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
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

/** Parses `9k`, `3G`, `1.5Gi`, `12e6`; undefined for anything else, also for more than 60 characters. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = text.length <= 60 ? /^([+-]?)(\d+(?:\.\d*)?|\.\d+)([A-Za-z]{0,2}|[eE][+-]?\d{1,3})$/.exec(text) : null;
  if (!match) return undefined;
  const [, sign = '', number = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  return scaled(digits, fraction.length, suffix);
}

function scaled(digits: bigint, decimals: number, suffix: string): Quantity | undefined {
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { digits: digits * 1024n ** BigInt(binary), decimals, format: 'BinarySI' };
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return shifted(digits, decimals, decimal, 'DecimalSI');
  if (!/^[eE][+-]?\d+$/.test(suffix)) return undefined;
  return shifted(digits, decimals, Number(suffix.slice(1)), 'DecimalExponent');
}

function shifted(digits: bigint, decimals: number, exponent: number, format: Quantity['format']): Quantity {
  if (exponent <= decimals) return { digits, decimals: decimals - exponent, format };
  return { digits: digits * 10n ** BigInt(exponent - decimals), decimals: 0, format };
}

/** The whole number that it stands for, rounded away from zero (`Quantity.Value`). */
export function quantityValue({ digits, decimals }: Quantity): bigint {
  const unit = 10n ** BigInt(decimals);
  const quotient = digits / unit;
  if (digits % unit === 0n) return quotient;
  return digits < 0n ? quotient - 1n : quotient + 1n;
}

/** The canonical text: the largest suffix of its family without a fraction (`Quantity.String`). */
export function quantityText(quantity: Quantity): string {
  const { digits, decimals } = quantity;
  if (digits === 0n) return '0';
  const isWhole = digits % 10n ** BigInt(decimals) === 0n;
  if (quantity.format === 'BinarySI' && isWhole) return binaryText(quantityValue(quantity));
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
