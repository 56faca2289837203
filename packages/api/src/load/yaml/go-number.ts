const bases: readonly { prefix: RegExp; digits: RegExp; literal: string; longest: number }[] = [
  { prefix: /^0[xX]/, digits: /^[0-9a-fA-F]+$/, literal: '0x', longest: 16 },
  { prefix: /^0[oO]/, digits: /^[0-7]+$/, literal: '0o', longest: 22 },
  { prefix: /^0[bB]/, digits: /^[01]+$/, literal: '0b', longest: 64 },
  { prefix: /^0(?=.)/, digits: /^[0-7]+$/, literal: '0o', longest: 22 },
];
const decimal = { digits: /^[0-9]+$/, literal: '', longest: 20 };

/**
 * An integer as Go's `strconv.ParseInt` and then `ParseUint` with base 0 read it: signs, `0x`, `0o`, `0b`, leading zero
 * as octal, 64 bits. Undefined when the text is none. `exact` holds the digits
 * of one beyond 2^53, where doubles have gaps.
 */
export function parseGoInteger(text: string): { value: number; exact?: string } | undefined {
  const signed = text.startsWith('-') || text.startsWith('+');
  const magnitude = parseMagnitude(signed ? text.slice(1) : text);
  if (magnitude === undefined) return undefined;
  const integer = text.startsWith('-') ? -magnitude : magnitude;
  const highest = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  if (integer < -(2n ** 63n) || integer > highest) return undefined;
  const value = Number(integer);
  return Number.isSafeInteger(value) ? { value } : { value, exact: integer.toString() };
}

function parseMagnitude(text: string): bigint | undefined {
  const base = bases.find(({ prefix }) => prefix.test(text));
  const digits = base === undefined ? text : text.replace(base.prefix, '');
  const { digits: allowed, literal, longest } = base ?? decimal;
  if (!allowed.test(digits)) return undefined;
  const significant = digits.replace(/^0+(?=.)/, '');
  return significant.length > longest ? undefined : BigInt(literal + significant);
}

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** A decimal float of go-yaml's grammar, or undefined: also for one that overflows, which go-yaml keeps as text. */
export function parseGoFloat(text: string): number | undefined {
  if (!float.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A number as `strconv.FormatFloat(value, 'g', -1, 32)` writes it: how `sigs.k8s.io/yaml` names a float key. */
export function formatGoFloat32(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return Number.isNaN(single) ? '.nan' : single > 0 ? '.inf' : '-.inf';
  const [mantissa = '0', power = '0'] = shortestFloat32(single).toLowerCase().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${exponent}`));
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function shortestFloat32(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential(8);
}
