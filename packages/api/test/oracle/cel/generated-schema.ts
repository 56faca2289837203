import type { Random } from '@pullpath/testkit';
import type { CelRule, Schema } from '../../../src/schema/schema.ts';

/** The schema that generated rules are written for; what bounds sizes is random. */
export function generatedSchema(random: Random, rules: readonly CelRule[], rootRules: readonly CelRule[] = []): Schema {
  const maybe = (bounds: Schema): Schema => (random.oneIn(2) ? bounds : {});
  const text: Schema = { type: 'string', ...maybe({ maxLength: random.pick([5, 64, 1000]) }) };
  const spec: Schema = {
    type: 'object',
    ...maybe({ required: ['s'] }),
    properties: {
      s: text,
      i: { type: 'integer' },
      n: { type: 'number' },
      b: { type: 'boolean' },
      e: { type: 'string', enum: ['one', 'three'] },
      t: { type: 'string', format: 'date-time' },
      d: { type: 'string', format: 'duration' },
      y: { type: 'string', format: 'byte', ...maybe({ maxLength: 20 }) },
      ls: { type: 'array', items: text, ...maybe({ maxItems: random.pick([3, 50]) }) },
      li: { type: 'array', items: { type: 'integer' }, ...maybe({ maxItems: 10 }) },
      ms: { type: 'object', additionalProperties: text, ...maybe({ maxProperties: random.pick([4, 30]) }) },
      mi: { type: 'object', additionalProperties: { type: 'integer' } },
      o: objectSchema(text),
      lo: {
        type: 'array',
        listType: 'map',
        listMapKeys: ['k'],
        items: { ...objectSchema(text), required: ['k'] },
        ...maybe({ maxItems: random.pick([2, 20]) }),
      },
      x: { intOrString: true, ...maybe({ maxLength: 10 }) },
      namespace: text,
      'a-b': { type: 'integer' },
    },
    validations: rules,
  };
  return { type: 'object', properties: { spec }, ...(rootRules.length > 0 && { validations: rootRules }) };
}

function objectSchema(text: Schema): Schema {
  return {
    type: 'object',
    properties: { k: text, v: { type: 'integer' }, w: { type: 'array', items: text, maxItems: 5 } },
  };
}

const texts = [
  '',
  'a',
  'abc',
  'one',
  'three',
  'a,b',
  '10.0.0.1',
  '1Gi',
  '2',
  'x-y',
  'é',
  'A1',
  'https://h:1/p?q=1',
  '10.0.0.0/8',
];

/** A value of the `spec` above; fields are missing at random. */
export function generatedSpec(random: Random): Record<string, unknown> {
  const text = (): string => random.pick(texts);
  const whole = (): number => random.pick([0, 1, 2, 3, -1, 100]);
  const object = (): Record<string, unknown> => some(random, { k: text(), v: whole(), w: random.times(3, text) });
  return some(random, {
    s: text(),
    i: whole(),
    n: random.pick([0, 1, 1.5, -2.25]),
    b: random.oneIn(2),
    e: random.pick(['one', 'three']),
    t: random.pick(['2024-02-03T04:05:06Z', '1999-12-31T23:59:59Z']),
    d: random.pick(['1h', '90s', '1m30s']),
    y: random.pick(['YWJj', 'eHl6']),
    ls: random.times(3, text),
    li: random.times(3, whole),
    // The entries of a map come in any order in Go.
    ms: Object.fromEntries(random.times(1, () => [random.pick(['a', 'b', 'abc']), text()])),
    mi: Object.fromEntries(random.times(1, () => [random.pick(['a', 'b', 'abc']), whole()])),
    o: object(),
    lo: uniqueBy(random.times(3, () => ({ ...object(), k: text() }))),
    x: random.pick<unknown>([1, 2, '50%', 'a']),
    namespace: text(),
    'a-b': whole(),
  });
}

function some(random: Random, members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(() => !random.oneIn(5)));
}

function uniqueBy<T extends { readonly k: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.k, item])).values()];
}
