import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../../src/schema/field-error.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { type ValidateOptions, validate } from '../../src/schema/validate.ts';

const object = (properties: Record<string, Schema>, further: Partial<Schema> = {}): Schema => ({
  type: 'object',
  properties,
  ...further,
});

function texts(schema: Schema, value: unknown, options?: ValidateOptions): string[] {
  return validate(schema, value, options).map(formatFieldError);
}

describe('the texts of a real API server', () => {
  test.each<[Schema, unknown, string]>([
    [{ type: 'boolean' }, 'true', 'a: Invalid value: "string": a in body must be of type boolean: "string"'],
    [{ type: 'integer' }, 1.5, 'a: Invalid value: "number": a in body must be of type integer: "number"'],
    [{ type: 'string', pattern: '^b$' }, 'x', `a: Invalid value: "x": a in body should match '^b$'`],
    [{ type: 'string', enum: ['x', 'y'] }, 'z', 'a: Unsupported value: "z": supported values: "x", "y"'],
    [{ type: 'string', maxLength: 2 }, 'abc', 'a: Too long: may not be more than 2 bytes'],
    [{ type: 'string', minLength: 1 }, '', 'a: Invalid value: "": a in body should be at least 1 chars long'],
    [{ type: 'array', maxItems: 1 }, [1, 2], 'a: Too many: 2: must have at most 1 items'],
    [{ type: 'array', minItems: 1 }, [], 'a: Invalid value: 0: a in body should have at least 1 items'],
    [{ type: 'integer', minimum: 3 }, 2, 'a: Invalid value: 2: a in body should be greater than or equal to 3'],
    [
      { type: 'integer', format: 'int32' },
      2 ** 31,
      'a: Invalid value: 2147483648: a in body must be of type integer with format int32',
    ],
    [{ type: 'object', minProperties: 1 }, {}, 'a: Invalid value: {}: a in body should have at least 1 properties'],
    [{ type: 'object', required: ['b'] }, {}, 'a.b: Required value'],
    [{ type: 'array', listType: 'set', items: { type: 'string' } }, ['x', 'x'], 'a[1]: Duplicate value: "x"'],
  ])('%j on %j', (schema, value, expected) => {
    expect(texts(object({ a: schema }), { a: value })).toEqual([expected]);
  });
});

test('lengths count characters, not units of UTF-16', () => {
  expect(validate({ type: 'string', maxLength: 1 }, '\u{1F600}')).toEqual([]);
  expect(validate({ type: 'string', minLength: 2 }, '\u{1F600}')).toHaveLength(1);
});

test('a null where none is allowed counts as missing', () => {
  const schema = object({ a: { type: 'string' } }, { required: ['a'] });
  expect(texts(schema, { a: null })).toEqual(['a: Required value']);
});

test('a null in a list is of the wrong type', () => {
  expect(validate({ type: 'array', items: { type: 'string' } }, [null])[0]).toMatchObject({
    path: [0],
    type: 'TypeInvalid',
  });
});

test('every fault is reported, in the order of the value', () => {
  const schema = object({ a: { type: 'boolean' }, b: { type: 'array', items: { type: 'string', maxLength: 1 } } });
  expect(validate(schema, { b: ['x', 'yy', 1], a: 0 }).map(({ path }) => path.join('.'))).toEqual(['b.1', 'b.2', 'a']);
});

test('a value that repeats twice is reported once', () => {
  const schema: Schema = { type: 'array', listType: 'set', items: { type: 'string' } };
  expect(validate(schema, ['m', 'm', 'm']).map(({ path }) => path)).toEqual([[1]]);
});

test('items of a list map repeat when their keys do', () => {
  const schema: Schema = {
    type: 'array',
    listType: 'map',
    listMapKeys: ['name'],
    items: object({ name: { type: 'string' }, value: { type: 'integer' } }),
  };
  expect(
    texts(schema, [
      { name: 'a', value: 1 },
      { name: 'a', value: 2 },
    ]),
  ).toEqual(['[1]: Duplicate value: {"name":"a"}']);
});

describe('keys that name members of prototypes', () => {
  const schema = object({ a: { type: 'string' } });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is an unknown field like any other',
    (key) => {
      const value: unknown = JSON.parse(`{"${key}": {"polluted": true}}`);
      expect(validate(schema, value)).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  test('a required member is not found on a prototype', () => {
    expect(texts(object({}, { required: ['constructor'] }), {})).toEqual(['constructor: Required value']);
  });
});

describe('on update', () => {
  const short: Schema = { type: 'string', maxLength: 2, validations: [{ rule: "self != 'no'" }] };
  const schema = object({ a: short, b: short, list: { type: 'array', items: short } });

  test('an invalid value that did not change is tolerated', () => {
    expect(validate(schema, { a: 'long', b: 'x' }, { oldValue: { a: 'long' } })).toEqual([]);
  });

  test('an invalid value that changed is not', () => {
    expect(validate(schema, { a: 'longer' }, { oldValue: { a: 'long' } })).toHaveLength(1);
  });

  test('a broken rule on an unchanged value is tolerated', () => {
    expect(validate(schema, { a: 'no', b: 'x' }, { oldValue: { a: 'no' } })).toEqual([]);
  });

  test('a list whose items do not correlate is checked as a whole once it changes', () => {
    const oldValue = { list: ['long'] };
    expect(validate(schema, { a: 'x', list: ['long'] }, { oldValue })).toEqual([]);
    expect(validate(schema, { list: ['long', 'x'] }, { oldValue }).map(({ path }) => path)).toEqual([['list', 0]]);
  });

  test('an item of a list map is compared with the item of its key', () => {
    const keyed = object({
      list: { type: 'array', listType: 'map', listMapKeys: ['k'], items: object({ k: { type: 'string' }, v: short }) },
    });
    const oldValue = { list: [{ k: 'a', v: 'long' }] };
    expect(
      validate(
        keyed,
        {
          list: [
            { k: 'b', v: 'x' },
            { k: 'a', v: 'long' },
          ],
        },
        { oldValue },
      ),
    ).toEqual([]);
  });

  test('repeated items are tolerated when the old object had some', () => {
    const set: Schema = { type: 'array', listType: 'set', items: { type: 'string' } };
    expect(validate(set, ['a', 'a', 'b'], { oldValue: ['a', 'a'] })).toEqual([]);
    expect(validate(set, ['a', 'a'], { oldValue: ['a'] })).toHaveLength(1);
  });
});

describe('rules', () => {
  const rule = (text: string, further = {}) => ({ rule: text, message: 'broken', ...further });

  test('a transition rule runs only where there is an old value', () => {
    const schema = object({ a: { type: 'integer', validations: [rule('self >= oldSelf')] } });
    expect(validate(schema, { a: 1 })).toEqual([]);
    expect(validate(schema, { a: 1 }, { oldValue: {} })).toEqual([]);
    expect(texts(schema, { a: 1 }, { oldValue: { a: 2 } })).toEqual(['a: Invalid value: 1: broken']);
  });

  test('an optional old value makes a transition rule run on creation too', () => {
    const schema = object({
      a: { type: 'integer', validations: [rule('oldSelf.hasValue() || self == 0', { optionalOldSelf: true })] },
    });
    expect(validate(schema, { a: 1 })).toHaveLength(1);
    expect(validate(schema, { a: 1 }, { oldValue: { a: 2 } })).toEqual([]);
  });

  test('a message expression words the fault', () => {
    const schema = object({
      a: { type: 'integer', validations: [rule('self < 3', { messageExpression: "'got ' + string(self)" })] },
    });
    expect(texts(schema, { a: 5 })).toEqual(['a: Invalid value: 5: got 5']);
  });

  test('reason and field path say what is reported where', () => {
    const schema = object(
      { a: { type: 'string' } },
      { validations: [rule('!has(self.a)', { reason: 'FieldValueForbidden', fieldPath: '.a' })] },
    );
    expect(texts(schema, { a: 'x' })).toEqual(['a: Forbidden: broken']);
  });

  test('a rule that cannot be evaluated is a fault', () => {
    const schema = object({ a: { type: 'string' } }, { validations: [rule("self.a == 'x'")] });
    expect(texts(schema, {})).toEqual([`<nil>: Invalid value: "object": no such key: a evaluating rule: broken`]);
  });

  test('rules that cost too much together end the checks', () => {
    const costly = 'self.all(x, self.all(y, self.all(z, x == y && y == z)))';
    const schema: Schema = {
      type: 'array',
      items: { type: 'string' },
      validations: [rule(costly), rule('false')],
    };
    const found = texts(
      schema,
      Array.from({ length: 200 }, () => 'a'),
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('no further validation rules will be run due to call cost exceeds limit for rule');
  });

  test('rules on null do not run', () => {
    expect(validate({ type: 'string', nullable: true, validations: [rule('false')] }, null)).toEqual([]);
  });

  const union = object(
    { kind: { type: 'string', enum: ['A'] }, a: { type: 'string' } },
    { validations: [rule("self.kind == 'A' ? has(self.a) : !has(self.a)")] },
  );

  test('an unsound value is not put before its rules', () => {
    expect(validate(union, { kind: 'B', a: 'x' }).map(({ type }) => type)).toEqual(['NotSupported']);
  });

  test('a real API server runs no rule once there is such a fault, and says so', () => {
    const errors = texts(union, { kind: 'B', a: 'x' }, { rules: 'server' });
    expect(errors).toHaveLength(2);
    expect(errors[1]).toMatch(/^<nil>: Invalid value: .*some validation rules were not checked/);
  });

  test('all rules run where asked for', () => {
    expect(validate(union, { kind: 'B', a: 'x' }, { rules: 'always' })).toHaveLength(2);
  });
});
