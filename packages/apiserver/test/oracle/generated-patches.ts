import type { Random } from '@pullpath/testkit';

/** What the oracle is asked. */
export interface PatchQuestion {
  readonly type: 'json' | 'merge' | 'strategic';
  readonly kind: string;
  readonly object: Record<string, unknown>;
  readonly patch: unknown;
}

const keys = ['a', 'b', 'c', '__proto__', 'x/y', 'm~n'];
const scalars = ['p', 'q', '', 0, 1, true, null];

function plainValue(random: Random, depth: number): unknown {
  if (depth === 0 || random.oneIn(3)) return random.pick(scalars);
  if (random.oneIn(3)) return random.times(3, () => plainValue(random, depth - 1));
  return plainObject(random, depth - 1);
}

function plainObject(random: Random, depth: number): Record<string, unknown> {
  return Object.fromEntries(random.times(4, () => [random.pick(keys), plainValue(random, depth)] as const));
}

/** A JSON merge patch and an object with much the same names. */
export function generatedMergePatch(random: Random): PatchQuestion {
  const [object, patch] = [plainObject(random, 3), plainObject(random, 3)];
  return { type: 'merge', kind: '', object, patch };
}

/** A JSON patch whose operations mostly name what is there. */
export function generatedJsonPatch(random: Random): PatchQuestion {
  const object = plainObject(random, 3);
  const operations = [generatedOperation(random, object), ...random.times(3, () => generatedOperation(random, object))];
  return { type: 'json', kind: '', object, patch: operations };
}

function generatedOperation(random: Random, object: unknown): unknown {
  const op = random.pick(['add', 'remove', 'replace', 'move', 'copy', 'test', 'test']);
  const path = generatedPointer(random, object);
  const present = valueAt(object, path);
  const value = op === 'test' && !random.oneIn(4) ? present : plainValue(random, 2);
  return {
    op,
    path,
    ...((op === 'move' || op === 'copy') && { from: generatedPointer(random, object) }),
    ...((op === 'test' || !random.oneIn(12)) && { value: value ?? null }),
  };
}

function generatedPointer(random: Random, object: unknown): string {
  const steps: string[] = [];
  const ends = (): boolean => random.oneIn(steps.length === 0 ? 20 : 3);
  for (let value = object; typeof value === 'object' && value !== null && !ends(); ) {
    const names = [
      ...Object.keys(value),
      ...(random.oneIn(3) ? [random.pick([...keys, '-', '-1', '0', '7', '01'])] : []),
    ];
    if (names.length === 0) break;
    const name = random.pick(names);
    steps.push(name.replaceAll('~', '~0').replaceAll('/', '~1'));
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (random.oneIn(8)) steps.push(random.pick([...keys, '-', '0', '1']));
  return steps.map((step) => `/${step}`).join('');
}

function valueAt(object: unknown, pointer: string): unknown {
  let value = object;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
