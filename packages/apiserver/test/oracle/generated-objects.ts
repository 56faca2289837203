import type { Schema } from '@pullpath/api';
import type { Random } from '@pullpath/testkit';

/** A schema of an object with every list and map type, declared or free members, one inside another. */
export function generatedSchema(random: Random): Schema {
  const root = objectSchema(random, 3);
  return { ...root, properties: { ...root.properties, status: objectSchema(random, 1) } };
}

const names = ['a', 'b', 'c', 'd', '__proto__', 'x<y'];
const words = ['p', 'q', '<b>', 'ü', ''];

function valueSchema(random: Random, depth: number): Schema {
  const leaf = depth === 0 || random.oneIn(3);
  if (leaf) return random.pick(leaves);
  return random.pick([objectSchema, mapSchema, listSchema, listSchema, freeSchema])(random, depth - 1);
}

const leaves: readonly Schema[] = [
  { type: 'string' },
  { type: 'string' },
  { type: 'integer' },
  { type: 'boolean' },
  { type: 'string', format: 'date-time' },
  { intOrString: true },
];

function objectSchema(random: Random, depth: number): Schema {
  const properties = Object.fromEntries(
    random.times(4, () => [random.pick(names), valueSchema(random, depth)] as const),
  );
  return {
    type: 'object',
    properties: { ...properties, [random.pick(names)]: valueSchema(random, depth) },
    ...(random.oneIn(5) && { mapType: 'atomic' as const }),
    ...(random.oneIn(6) && { preserveUnknownFields: true }),
  };
}

function mapSchema(random: Random, depth: number): Schema {
  return {
    type: 'object',
    additionalProperties: valueSchema(random, depth),
    ...(random.oneIn(4) && { mapType: random.pick(['atomic', 'granular'] as const) }),
  };
}

function freeSchema(): Schema {
  return { type: 'object', preserveUnknownFields: true };
}

function listSchema(random: Random, depth: number): Schema {
  const kind = random.below(4);
  if (kind === 0) return { type: 'array', items: random.pick(leaves), listType: 'set' };
  if (kind === 1)
    return { type: 'array', items: valueSchema(random, depth), ...(random.oneIn(2) && { listType: 'atomic' }) };
  return mapListSchema(random, depth, kind === 2 ? ['k'] : ['l', 'k']);
}

function mapListSchema(random: Random, depth: number, keys: readonly string[]): Schema {
  const key: Schema = random.pick([{ type: 'string' }, { type: 'integer' }]);
  const keyed = random.oneIn(3) ? { ...key, default: key.type === 'string' ? 'p' : 1 } : key;
  const items = objectSchema(random, depth);
  return {
    type: 'array',
    listType: 'map',
    listMapKeys: keys,
    items: { ...items, properties: { ...items.properties, ...Object.fromEntries(keys.map((name) => [name, keyed])) } },
  };
}

/** A value that mostly fits the schema. */
export function generatedValue(random: Random, schema: Schema): unknown {
  if (random.oneIn(40)) return null;
  if (random.oneIn(400)) return random.pick<unknown>(['p', 1, [], {}, [{}]]);
  if (schema.type === 'object') return generatedMap(random, schema);
  if (schema.type === 'array') return generatedList(random, schema);
  if (schema.type === 'integer') return random.below(3);
  if (schema.type === 'boolean') return random.oneIn(2);
  return schema.intOrString && random.oneIn(2) ? random.below(2) : random.pick(words);
}

function generatedMap(
  random: Random,
  { properties = {}, additionalProperties, preserveUnknownFields }: Schema,
): unknown {
  const declared = Object.entries(properties).filter(() => !random.oneIn(3));
  const more = additionalProperties ? random.times(3, () => [random.pick(names), additionalProperties] as const) : [];
  const free = preserveUnknownFields
    ? random.times(2, () => [random.pick(names), random.pick(freeValues)] as const)
    : [];
  const entries = [...free, ...more, ...declared].map(
    ([name, schema]) => [name, generatedValue(random, schema)] as const,
  );
  return Object.fromEntries(entries);
}

const text: Schema = { type: 'string' };
const freeValues: readonly Schema[] = [
  text,
  { type: 'integer' },
  { type: 'array', items: text },
  { type: 'object', additionalProperties: text },
  { type: 'object', additionalProperties: { type: 'object', additionalProperties: text } },
];

function generatedList(random: Random, { items = text, listType, listMapKeys = [] }: Schema): unknown {
  const list = random.times(4, () => generatedValue(random, items));
  return random.oneIn(15) ? list : distinct(list, listType === 'map' ? listMapKeys : undefined, listType);
}

function distinct(
  list: readonly unknown[],
  keys: readonly string[] | undefined,
  listType: string | undefined,
): unknown[] {
  if (listType !== 'set' && listType !== 'map') return [...list];
  const keyOf = (item: unknown): string =>
    JSON.stringify(keys ? keys.map((key) => (item as Record<string, unknown> | null)?.[key]) : item);
  return [...new Map(list.map((item) => [keyOf(item), item])).values()];
}

/** The value with a few changes, so that most of it stays. */
export function changedValue(random: Random, schema: Schema, value: unknown): unknown {
  if (random.oneIn(6)) return generatedValue(random, schema);
  if (Array.isArray(value)) return changedList(random, schema, value);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => !random.oneIn(8));
  return Object.fromEntries(
    kept.map(([name, member]) => {
      const inner =
        schema.properties && Object.hasOwn(schema.properties, name)
          ? schema.properties[name]
          : schema.additionalProperties;
      return [name, inner ? changedValue(random, inner, member) : member] as const;
    }),
  );
}

function changedList(random: Random, { items = text }: Schema, list: readonly unknown[]): unknown[] {
  const kept = list
    .filter(() => !random.oneIn(5))
    .map((item) => (random.oneIn(3) ? changedValue(random, items, item) : item));
  return random.oneIn(3) ? kept.reverse() : kept;
}
