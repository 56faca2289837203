import type { Random } from '@pullpath/testkit';
import type { PatchQuestion } from './generated-patches.ts';

/** The fields of built-in kinds that are generated. */
type Shape =
  | { readonly scalar: readonly unknown[] }
  | { readonly map: Readonly<Record<string, Shape>>; readonly free?: true }
  | { readonly list: Shape; readonly key?: string; readonly joined?: true };

const text: Shape = { scalar: ['p', 'q', 'r'] };
const count: Shape = { scalar: [1, 2, 3] };
const labels: Shape = { map: { a: text, b: text, c: text }, free: true };

function listBy(key: string, fields: Readonly<Record<string, Shape>>): Shape {
  return { list: { map: fields }, key };
}

const metadata: Shape = {
  map: {
    labels,
    finalizers: { list: text, joined: true },
    ownerReferences: listBy('uid', { uid: text, name: text, kind: text }),
  },
};

const podSpec: Shape = {
  map: {
    containers: listBy('name', {
      name: text,
      image: text,
      ports: listBy('containerPort', { containerPort: count, hostPort: count, protocol: text }),
      env: listBy('name', { name: text, value: text }),
      args: { list: text },
    }),
    volumes: listBy('name', {
      name: text,
      emptyDir: { map: { medium: text } },
      configMap: { map: { name: text, items: { list: { map: { key: text, path: text } } } } },
    }),
    tolerations: { list: { map: { key: text, value: text } } },
    nodeSelector: labels,
    nodeName: text,
    imagePullSecrets: listBy('name', { name: text }),
  },
};

const conditions = listBy('type', { type: text, status: text, reason: text });

const kinds: Readonly<Record<string, Shape>> = {
  ConfigMap: { map: { metadata, data: labels } },
  Pod: { map: { metadata, spec: podSpec, status: { map: { conditions, phase: text } } } },
  Deployment: {
    map: {
      metadata,
      spec: {
        map: {
          replicas: count,
          strategy: { map: { type: text, rollingUpdate: { map: { maxSurge: count } } } },
          template: { map: { metadata, spec: podSpec } },
        },
      },
    },
  },
  Node: {
    map: {
      metadata,
      spec: { map: { podCIDRs: { list: text, joined: true }, taints: { list: { map: { key: text, value: text } } } } },
      status: { map: { conditions, addresses: listBy('type', { type: text, address: text }) } },
    },
  },
  PodDisruptionBudget: {
    map: { metadata, spec: { map: { selector: { map: { matchLabels: labels } }, maxUnavailable: count } } },
  },
  ServiceAccount: {
    map: {
      metadata,
      secrets: listBy('name', { name: text, kind: text }),
      imagePullSecrets: { list: { map: { name: text } } },
    },
  },
};

/** A strategic merge patch with every directive, right and wrong ones, and an object of the kind. */
export function generatedStrategicPatch(random: Random): PatchQuestion {
  const kind = random.pick(Object.keys(kinds));
  const shape = kinds[kind] as Shape;
  const object = generatedOf(random, shape) as Record<string, unknown>;
  return { type: 'strategic', kind, object, patch: patchOf(random, shape, object) };
}

function generatedOf(random: Random, shape: Shape): unknown {
  if ('scalar' in shape) return random.pick(shape.scalar);
  if ('map' in shape) return mapOf(random, shape.map, (inner) => generatedOf(random, inner));
  const items = random.times(4, () => generatedOf(random, shape.list));
  return shape.key === undefined ? distinctScalars(items) : withKeys(random, items, shape.key, shape);
}

function mapOf(
  random: Random,
  fields: Readonly<Record<string, Shape>>,
  make: (shape: Shape, name: string) => unknown,
): Record<string, unknown> {
  const chosen = Object.entries(fields).filter(() => !random.oneIn(3));
  return Object.fromEntries(chosen.map(([name, shape]) => [name, make(shape, name)] as const));
}

function distinctScalars(items: readonly unknown[]): unknown[] {
  return items.filter((item, index) => typeof item === 'object' || items.indexOf(item) === index);
}

function withKeys(
  random: Random,
  items: readonly unknown[],
  key: string,
  { list }: { readonly list: Shape },
): unknown[] {
  const keyShape = 'map' in list ? (list.map[key] as Shape) : text;
  const keyed = items.map((item) => ({ ...(item as object), [key]: generatedOf(random, keyShape) }));
  const byKey = new Map(keyed.map((item) => [(item as Record<string, unknown>)[key], item]));
  return [...byKey.values()];
}

function patchOf(random: Random, shape: Shape, live: unknown): unknown {
  if (random.oneIn(12)) return null;
  if (random.oneIn(60)) return random.pick<unknown>(['p', 1, {}, [], ['p'], [{}]]);
  if ('scalar' in shape) return random.pick(shape.scalar);
  return 'map' in shape ? mapPatch(random, shape, live) : generatedOf(random, shape);
}

function mapPatch(random: Random, { map }: { readonly map: Readonly<Record<string, Shape>> }, live: unknown): unknown {
  const known = (live ?? {}) as Record<string, unknown>;
  const members = mapOf(random, map, (shape, name) =>
    'list' in shape ? undefined : patchOf(random, shape, isMap(known) ? known[name] : undefined),
  );
  const lists = Object.entries(map).flatMap(([name, shape]) =>
    'list' in shape && random.oneIn(2) ? listPatch(random, name, shape, isMap(known) ? known[name] : undefined) : [],
  );
  const patch = Object.fromEntries([...Object.entries(members).filter(([, value]) => value !== undefined), ...lists]);
  if (random.oneIn(25)) return { ...patch, $patch: random.pick(['replace', 'delete', 'merge', 'x']) };
  if (random.oneIn(25)) return { ...patch, $retainKeys: random.oneIn(4) ? ['a'] : Object.keys(patch) };
  return patch;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type ListShape = Extract<Shape, { list: Shape }>;

/** The patch of a list, and the directives beside it. */
function listPatch(random: Random, name: string, shape: ListShape, live: unknown): [string, unknown][] {
  const lists = Array.isArray(live) ? live : [];
  if (shape.joined && random.oneIn(3)) return [[`$deleteFromPrimitiveList/${name}`, deletedItems(random, lists)]];
  const items = itemPatches(random, shape, lists);
  const patch: [string, unknown][] = random.oneIn(8) ? [] : [[name, items]];
  return random.oneIn(3) ? [...patch, [`$setElementOrder/${name}`, orderOf(random, shape, items, lists)]] : patch;
}

function deletedItems(random: Random, live: readonly unknown[]): unknown[] {
  return random.oneIn(10)
    ? random.times(2, () => random.pick<unknown>([1, 'z', {}]))
    : live.filter(() => random.oneIn(2));
}

function itemPatches(random: Random, shape: ListShape, live: readonly unknown[]): unknown[] {
  const fresh = generatedOf(random, shape) as unknown[];
  if (shape.key === undefined) return fresh;
  const items = fresh.map((item) => itemPatch(random, shape, item as Record<string, unknown>, live));
  return random.oneIn(20) ? [...items, { $patch: 'replace' }] : items;
}

function itemPatch(random: Random, shape: ListShape, item: Record<string, unknown>, live: readonly unknown[]): unknown {
  const key = shape.key as string;
  if (random.oneIn(8)) return { $patch: random.oneIn(8) ? 'merge' : 'delete', [key]: item[key] };
  if (random.oneIn(40)) return { ...item, [key]: undefined };
  const same = live.find((candidate) => isMap(candidate) && candidate[key] === item[key]);
  const patch = patchOf(random, shape.list, same);
  return isMap(patch) ? { ...patch, [key]: item[key] } : item;
}

function orderOf(random: Random, shape: ListShape, items: readonly unknown[], live: readonly unknown[]): unknown {
  if (random.oneIn(20)) return random.pick<unknown>(['p', [1], [{}]]);
  const kept = items.filter((item) => !isMap(item) || !Object.hasOwn(item, '$patch'));
  const known = live.filter(() => random.oneIn(2));
  const order = random.oneIn(2) ? [...kept, ...known] : [...known.filter((item) => !kept.includes(item)), ...kept];
  const named =
    shape.key === undefined
      ? order
      : order.map((item) => ({ [shape.key as string]: keyOf(item, shape.key as string) }));
  return distinctJson(named);
}

function keyOf(item: unknown, key: string): unknown {
  return isMap(item) ? item[key] : item;
}

function distinctJson(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
