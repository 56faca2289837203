import { parseQuantity } from '@pullpath/api';
import { WrongValue } from '../wrong-value.ts';

const complaint = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/**
 * A `resource.Quantity` in its canonical form: no fraction, the largest suffix of its own family that leaves none. Throws `WrongValue`.
 * Source: apimachinery `resource.CanonicalizeBytes`.
 */
export function quantityText(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  const parsed = typeof text === 'string' ? parseQuantity(text) : undefined;
  if (!parsed || typeof text !== 'string') throw new WrongValue(complaint);
  const nanos = roundedAway(parsed.scaled * billion, parsed.scale);
  if (nanos === 0n) return '0';
  if (text.endsWith('i') && isWholeBinary(nanos)) return binaryText(nanos / billion);
  return decimalText(nanos, /\d[eE][+-]?\d+$/.test(text));
}

const billion = 10n ** 9n;

// Some is never rounded to none.
function roundedAway(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  if (whole * denominator === numerator) return whole;
  return numerator < 0n ? whole - 1n : whole + 1n;
}

// Binary suffixes are for whole numbers of at least 1024.
function isWholeBinary(nanos: bigint): boolean {
  const size = nanos < 0n ? -nanos : nanos;
  return nanos % billion === 0n && size >= 1024n * billion;
}

function binaryText(whole: bigint): string {
  let mantissa = whole;
  let power = 0;
  while (power < binary.length - 1 && mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power++;
  }
  return `${mantissa}${binary[power]}`;
}

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

function decimalText(nanos: bigint, asExponent: boolean): string {
  let mantissa = nanos;
  let exponent = -9;
  while (exponent < 18 && mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (asExponent) return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${decimal[exponent / 3 + 3]}`;
}

const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
