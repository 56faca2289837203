/**
 * A Kubernetes quantity in its canonical text, as Go prints it after reading it: `1024Ki` becomes `1Mi`, `0.5Gi` `512Mi`,
 * `10000` `10k`. Undefined when the text is no quantity (apimachinery `resource.ParseQuantity`).
 */
export function canonicalQuantity(text: string): string | undefined {
  const parsed = parseQuantity(text);
  if (!parsed) return undefined;
  const { negative, nano, format } = parsed;
  const sign = negative && nano !== 0n ? '-' : '';
  const isBinary = format === 'binary' && nano >= 1024n * nanosPerUnit;
  if (isBinary) return sign + binaryText(ceilDivide(nano, nanosPerUnit));
  return sign + (format === 'exponent' ? exponentText(nano) : decimalText(nano));
}

type Format = 'decimal' | 'binary' | 'exponent';

interface Quantity {
  readonly negative: boolean;
  /** Billionths, the finest that a quantity keeps; finer parts are rounded up. */
  readonly nano: bigint;
  readonly format: Format;
}

const nanosPerUnit = 10n ** 9n;
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Longer numbers than this cannot be meant and would make big integers slow. */
const maxLength = 64;

function parseQuantity(text: string): Quantity | undefined {
  if (text.length > maxLength) return undefined;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([A-Za-z]*)([+-]?\d*)$/.exec(text);
  const [, sign = '', whole = '', fraction = '', letters = '', power = ''] = match ?? [];
  if (!match || whole + fraction === '') return undefined;
  const scale = scaleOf(letters, power);
  if (!scale) return undefined;
  const digits = BigInt(whole + fraction) * scale.factor * nanosPerUnit;
  const nano = ceilDivide(
    scale.divisor === 1n ? digits : ceilDivide(digits, scale.divisor),
    10n ** BigInt(fraction.length),
  );
  return { negative: sign === '-', nano, format: scale.format };
}

function scaleOf(letters: string, power: string): { factor: bigint; divisor: bigint; format: Format } | undefined {
  if ((letters === 'e' || letters === 'E') && power !== '') return exponentScale(Number(power));
  if (power !== '') return undefined;
  const binary = binarySuffixes.indexOf(letters);
  if (binary > 0) return { factor: 1024n ** BigInt(binary), divisor: 1n, format: 'binary' };
  const decimal = decimalSuffixes.indexOf(letters);
  return decimal === -1 ? undefined : { ...powerOfTen((decimal - 3) * 3), format: 'decimal' };
}

function exponentScale(power: number): { factor: bigint; divisor: bigint; format: Format } | undefined {
  return Math.abs(power) > 30 ? undefined : { ...powerOfTen(power), format: 'exponent' };
}

function powerOfTen(power: number): { factor: bigint; divisor: bigint } {
  const size = 10n ** BigInt(Math.abs(power));
  return power < 0 ? { factor: 1n, divisor: size } : { factor: size, divisor: 1n };
}

function ceilDivide(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}

function binaryText(units: bigint): string {
  let [rest, power] = [units, 0];
  while (power < binarySuffixes.length - 1 && rest % 1024n === 0n) [rest, power] = [rest / 1024n, power + 1];
  return `${rest}${binarySuffixes[power]}`;
}

function decimalText(nano: bigint): string {
  const { mantissa, thousands } = inThousands(nano, decimalSuffixes.length - 1);
  return nano === 0n ? '0' : `${mantissa}${decimalSuffixes[thousands]}`;
}

function exponentText(nano: bigint): string {
  const { mantissa, thousands } = inThousands(nano, Number.POSITIVE_INFINITY);
  const power = (thousands - 3) * 3;
  return nano === 0n || power === 0 ? `${nano === 0n ? 0n : mantissa}` : `${mantissa}e${power}`;
}

function inThousands(nano: bigint, most: number): { mantissa: bigint; thousands: number } {
  let [mantissa, thousands] = [nano, 0];
  while (nano !== 0n && thousands < most && mantissa % 1000n === 0n)
    [mantissa, thousands] = [mantissa / 1000n, thousands + 1];
  return { mantissa, thousands };
}
