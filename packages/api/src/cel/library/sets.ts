import type { Environment } from '@marcbachmann/cel-js';
import { celKey } from './key.ts';

class SetsNamespace {}

/** CEL's `ext/sets`: `sets.contains`, `sets.equivalent`, `sets.intersects`. */
export function registerSets(environment: Environment): void {
  environment
    .registerType('SetsNamespace', { ctor: SetsNamespace, fields: {} })
    .registerConstant('sets', 'SetsNamespace', new SetsNamespace())
    .registerFunction(
      'SetsNamespace.contains(list, list): bool',
      (_: unknown, left: unknown[], right: unknown[]) => contains(left, right),
      sync,
    )
    .registerFunction(
      'SetsNamespace.equivalent(list, list): bool',
      (_: unknown, left: unknown[], right: unknown[]) => contains(left, right) && contains(right, left),
      sync,
    )
    .registerFunction(
      'SetsNamespace.intersects(list, list): bool',
      (_: unknown, left: unknown[], right: unknown[]) => intersects(left, right),
      sync,
    );
}

const sync = { async: false };

function contains(left: readonly unknown[], right: readonly unknown[]): boolean {
  const keys = new Set(left.map(celKey));
  return right.every((item) => keys.has(celKey(item)));
}

function intersects(left: readonly unknown[], right: readonly unknown[]): boolean {
  const keys = new Set(left.map(celKey));
  return right.some((item) => keys.has(celKey(item)));
}
