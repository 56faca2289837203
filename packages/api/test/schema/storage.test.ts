import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import { applyDefaults } from '../../src/schema/defaults.ts';
import { prune, unknownFields } from '../../src/schema/prune.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { validate } from '../../src/schema/validate.ts';

const schema: Schema = {
  type: 'object',
  properties: {
    level: { type: 'string', default: 'Normal' },
    plain: { type: 'string' },
    nullable: { type: 'string', nullable: true },
    open: { type: 'object', preserveUnknownFields: true, properties: { known: { type: 'object', properties: {} } } },
    list: { type: 'array', items: { type: 'object', properties: { size: { type: 'integer', default: 3 } } } },
    map: { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string' } } } },
  },
};

describe('defaults', () => {
  test('fill in what is missing, at every depth', () => {
    expect(applyDefaults(schema, { list: [{}, { size: 1 }] })).toEqual({
      list: [{ size: 3 }, { size: 1 }],
      level: 'Normal',
    });
  });

  test('replace a null, and a null without a default vanishes', () => {
    expect(applyDefaults(schema, { level: null, plain: null, nullable: null })).toEqual({
      level: 'Normal',
      nullable: null,
    });
  });

  test('a null in a list stays', () => {
    expect(applyDefaults({ type: 'array', items: { type: 'string' } }, [null])).toEqual([null]);
  });

  test('the input is left as it was', () => {
    const value = { list: [{}] };
    applyDefaults(schema, value);
    expect(value).toEqual({ list: [{}] });
  });
});

describe('pruning', () => {
  test('drops what is not declared, but not within open mappings', () => {
    const value = {
      plain: 'x',
      other: 1,
      open: { more: { deep: 1 }, known: { gone: 1 } },
      map: { k: { a: 'x', b: 1 } },
    };
    expect(prune(schema, value)).toEqual({
      plain: 'x',
      open: { more: { deep: 1 }, known: {} },
      map: { k: { a: 'x' } },
    });
  });

  test('unknown fields are those that pruning drops', () => {
    const value = { other: 1, open: { more: 1, known: { gone: 1 } }, list: [{ x: 1 }] };
    expect(unknownFields(schema, value).map((path) => path.join('.'))).toEqual([
      'other',
      'open.known.gone',
      'list.0.x',
    ]);
  });

  test('the case of field names may be ignored', () => {
    expect(unknownFields(schema, { PLAIN: 'x' })).toHaveLength(1);
    expect(unknownFields(schema, { PLAIN: 'x' }, { ignoreCase: true })).toEqual([]);
  });

  test('a key named __proto__ is dropped without effect', () => {
    const value: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "map": {"__proto__": {"a": "x"}}}');
    const pruned = prune(schema, value) as { map: object };
    expect(Object.getPrototypeOf(pruned)).toBe(Object.prototype);
    expect(Object.keys(pruned.map)).toEqual(['__proto__']);
  });
});

test('validation never throws, for every kind and any value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.jsonValue({ maxDepth: 4 }),
      fc.jsonValue(),
      (definition, spec, metadata) => {
        const value = { apiVersion: 'v1', kind: definition.kind, metadata, spec, mirror: spec, data: spec };
        for (const rules of ['always', 'server', 'sound'] as const)
          validate(definition.schema, value, { rules, oldValue: { spec } });
        definition.check?.(value);
      },
    ),
    { numRuns: 1000 },
  );
});

test('storing twice changes nothing, for every kind and any value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.jsonValue({ maxDepth: 4 }),
      fc.jsonValue(),
      (definition, spec, status) => {
        const value = { apiVersion: 'v1', kind: definition.kind, metadata: { name: 'x' }, spec, status };
        const once = applyDefaults(definition.schema, prune(definition.schema, value));
        expect(applyDefaults(definition.schema, prune(definition.schema, once))).toEqual(once);
      },
    ),
    { numRuns: 500 },
  );
});
