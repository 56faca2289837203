import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../schema/quantity.ts';
import type { Implementations } from '../run/functions/implementation.ts';
import { CelFailure, type LibraryValue } from '../run/values.ts';

/** `kubernetes.Quantity`. */
class CelQuantity implements LibraryValue {
  readonly celType = 'kubernetes.Quantity';
  readonly value: Quantity;

  constructor(value: Quantity) {
    this.value = value;
  }

  get key(): string {
    const { scaled, scale } = this.value;
    const divisor = greatestDivisor(scaled < 0n ? -scaled : scaled, scale);
    return `${scaled / divisor}/${scale / divisor}`;
  }
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}

const order = (left: CelQuantity, right: CelQuantity): number => compareQuantities(left.value, right.value);
const sum = (left: CelQuantity, right: Quantity, sign: bigint): CelQuantity =>
  new CelQuantity(addQuantities(left.value, right, sign));
const whole = (scaled: bigint): Quantity => ({ scaled, scale: 1n });

/** `quantity('1Gi')` and what Kubernetes lets one do with it. */
export const quantities: Implementations = {
  is_quantity_string: (text: string) => parseQuantity(text) !== undefined,
  string_to_quantity: quantityOf,
  quantity_sign: ({ value }: CelQuantity) => BigInt(compareQuantities(value, whole(0n))),
  quantity_is_integer: ({ value }: CelQuantity) => isInteger(value),
  quantity_get_int: asInteger,
  quantity_get_float: ({ value }: CelQuantity) => Number(value.scaled) / Number(value.scale),
  quantity_is_greater_than: (left: CelQuantity, right: CelQuantity) => order(left, right) > 0,
  quantity_is_less_than: (left: CelQuantity, right: CelQuantity) => order(left, right) < 0,
  quantity_compare_to: (left: CelQuantity, right: CelQuantity) => BigInt(order(left, right)),
  quantity_add: (left: CelQuantity, right: CelQuantity) => sum(left, right.value, 1n),
  quantity_add_int: (left: CelQuantity, right: bigint) => sum(left, whole(right), 1n),
  quantity_sub: (left: CelQuantity, right: CelQuantity) => sum(left, right.value, -1n),
  quantity_sub_int: (left: CelQuantity, right: bigint) => sum(left, whole(right), -1n),
};

function quantityOf(text: string): CelQuantity {
  const value = parseQuantity(text);
  if (value) return new CelQuantity(value);
  // As `resource.ParseQuantity`: what does not look like a quantity, then what has a suffix of its own.
  const looks = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eEinumkKMGTP]*[-+]?\d*$/.test(text);
  if (looks) throw new CelFailure("unable to parse quantity's suffix");
  throw new CelFailure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}

function isInteger({ scaled, scale }: Quantity): boolean {
  return scaled % scale === 0n && BigInt.asIntN(64, scaled / scale) === scaled / scale;
}

function asInteger({ value }: CelQuantity): bigint {
  if (!isInteger(value)) throw new CelFailure('cannot convert value to integer');
  return value.scaled / value.scale;
}
