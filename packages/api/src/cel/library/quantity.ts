import type { Environment } from '@marcbachmann/cel-js';
import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '../../schema/quantity.ts';

class CelQuantity {
  readonly value: Quantity;

  constructor(value: Quantity) {
    this.value = value;
  }
}

const name = 'kubernetes.Quantity';

/** `quantity('1Gi')` and what Kubernetes lets one do with it. */
export function registerQuantities(environment: Environment): void {
  environment
    .registerType(name, { ctor: CelQuantity, fields: {} })
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined, sync)
    .registerFunction(`quantity(string): ${name}`, quantityOf, sync)
    .registerFunction(`${name}.sign(): int`, ({ value }: CelQuantity) => BigInt(compareQuantities(value, zero)), sync)
    .registerFunction(`${name}.isInteger(): bool`, ({ value }: CelQuantity) => value.scaled % value.scale === 0n, sync)
    .registerFunction(`${name}.asInteger(): int`, asInteger, sync)
    .registerFunction(
      `${name}.asApproximateFloat(): double`,
      ({ value }: CelQuantity) => Number(value.scaled) / Number(value.scale),
      sync,
    );
  for (const [method, holds] of comparisons) {
    environment.registerFunction(
      `${name}.${method}(${name}): ${method === 'compareTo' ? 'int' : 'bool'}`,
      (left: CelQuantity, right: CelQuantity) => holds(compareQuantities(left.value, right.value)),
      sync,
    );
  }
  for (const [method, sign] of [
    ['add', 1n],
    ['sub', -1n],
  ] as const) {
    environment.registerFunction(
      `${name}.${method}(${name}): ${name}`,
      (left: CelQuantity, right: CelQuantity) => new CelQuantity(addQuantities(left.value, right.value, sign)),
      sync,
    );
    environment.registerFunction(
      `${name}.${method}(int): ${name}`,
      (left: CelQuantity, right: bigint) =>
        new CelQuantity(addQuantities(left.value, { scaled: right, scale: 1n }, sign)),
      sync,
    );
  }
  environment.registerOperator(
    `${name} == ${name}`,
    (left: CelQuantity, right: CelQuantity) => compareQuantities(left.value, right.value) === 0,
  );
}

const sync = { async: false };

const zero: Quantity = { scaled: 0n, scale: 1n };

const comparisons: readonly (readonly [string, (order: number) => boolean | bigint])[] = [
  ['isGreaterThan', (order) => order > 0],
  ['isLessThan', (order) => order < 0],
  ['compareTo', (order) => BigInt(order)],
];

function quantityOf(text: string): CelQuantity {
  const value = parseQuantity(text);
  if (!value) throw new RangeError(`not a quantity: ${JSON.stringify(text)}`);
  return new CelQuantity(value);
}

function asInteger({ value }: CelQuantity): bigint {
  if (value.scaled % value.scale !== 0n) throw new RangeError('the quantity is not a whole number');
  return value.scaled / value.scale;
}
