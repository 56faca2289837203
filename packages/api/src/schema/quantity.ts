/** An exact number: `scaled / scale`, `scale` positive. */
export interface Quantity {
  readonly scaled: bigint;
  readonly scale: bigint;
}

/** Factor of each suffix of `k8s.io/apimachinery/pkg/api/resource`, as numerator and denominator. */
const suffixes: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['', [1n, 1n]],
  ['n', [1n, 1_000_000_000n]],
  ['u', [1n, 1_000_000n]],
  ['m', [1n, 1_000n]],
  ['k', [10n ** 3n, 1n]],
  ['M', [10n ** 6n, 1n]],
  ['G', [10n ** 9n, 1n]],
  ['T', [10n ** 12n, 1n]],
  ['P', [10n ** 15n, 1n]],
  ['E', [10n ** 18n, 1n]],
  ['Ki', [2n ** 10n, 1n]],
  ['Mi', [2n ** 20n, 1n]],
  ['Gi', [2n ** 30n, 1n]],
  ['Ti', [2n ** 40n, 1n]],
  ['Pi', [2n ** 50n, 1n]],
  ['Ei', [2n ** 60n, 1n]],
]);

const maxLength = 100;

/** Reads a Kubernetes quantity such as `1.5Gi`, `100m` or `1e3`; undefined where the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const parts =
    text.length <= maxLength ? /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|([A-Za-z]*))$/.exec(text) : null;
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = parts;
  const factor = exponent === undefined ? suffixes.get(suffix) : powerOfTen(Number(exponent));
  if (!factor || (whole === '' && fraction === '')) return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return { scaled: digits * factor[0], scale: 10n ** BigInt(fraction.length) * factor[1] };
}

function powerOfTen(exponent: number): readonly [bigint, bigint] {
  return exponent >= 0 ? [10n ** BigInt(exponent), 1n] : [1n, 10n ** BigInt(-exponent)];
}

/** Negative, zero or positive, as for sorting. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 {
  const difference = left.scaled * right.scale - right.scaled * left.scale;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** `left + sign * right`. */
export function addQuantities(left: Quantity, right: Quantity, sign: bigint): Quantity {
  return { scaled: left.scaled * right.scale + sign * right.scaled * left.scale, scale: left.scale * right.scale };
}
