import type { Environment } from '@marcbachmann/cel-js';

type Ordered = bigint | number | string | boolean | Date;

/** The list functions of Kubernetes (`k8s.io/apiserver/pkg/cel/library` lists). */
export function registerLists(environment: Environment): void {
  environment
    .registerFunction('list.isSorted(): bool', isSorted, sync)
    .registerFunction('list.sum(): dyn', sum, sync)
    .registerFunction('list.min(): dyn', (list: Ordered[]) => extreme(list, (item, best) => item < best), sync)
    .registerFunction('list.max(): dyn', (list: Ordered[]) => extreme(list, (item, best) => item > best), sync)
    .registerFunction('list.indexOf(dyn): int', (list: unknown[], item: unknown) => BigInt(list.indexOf(item)), sync)
    .registerFunction(
      'list.lastIndexOf(dyn): int',
      (list: unknown[], item: unknown) => BigInt(list.lastIndexOf(item)),
      sync,
    );
}

const sync = { async: false };

function isSorted(list: readonly Ordered[]): boolean {
  return list.every((item, index) => index === 0 || !(item < (list[index - 1] ?? item)));
}

function sum(list: readonly (bigint | number)[]): bigint | number {
  if (list.every((item) => typeof item === 'bigint')) return list.reduce((total, item) => total + item, 0n);
  return list.reduce<number>((total, item) => total + Number(item), 0);
}

function extreme(list: readonly Ordered[], better: (item: Ordered, best: Ordered) => boolean): Ordered {
  const [first] = list;
  if (first === undefined) throw new RangeError('min and max need a list that is not empty');
  return list.reduce((best, item) => (better(item, best) ? item : best), first);
}
