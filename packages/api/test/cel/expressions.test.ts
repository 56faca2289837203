import { describe, expect, test } from 'vitest';
import { type Compiled, compileOver } from '../../src/cel/rules/compile.ts';
import { programOf } from '../../src/cel/run/interpret.ts';
import { Meter } from '../../src/cel/run/meter.ts';
import { schemaType } from '../../src/cel/schema-type.ts';
import { createConverter } from '../../src/cel/value.ts';
import type { Schema } from '../../src/schema/schema.ts';

const anything: Schema = { intOrString: true };

function compile(expression: string, schema: Schema = anything): Compiled {
  const self = schemaType(schema, false, 'selfType');
  if (!self) throw new Error('expressions cannot see values of the schema');
  return compileOver(expression, self, false);
}

function evaluate(expression: string, self: unknown = 'text', schema: Schema = anything, limit = 1_000_000): unknown {
  const compiled = compile(expression, schema);
  if ('fault' in compiled) throw new Error(compiled.fault);
  const value = createConverter()(schema, self);
  return programOf(compiled.checked)((name) => (name === 'self' ? value : undefined), new Meter(limit));
}

describe('the function library of Kubernetes', () => {
  test.each([
    "'abc'.matches('^a.c$')",
    "matches('abc', 'b')",
    "'a1b22'.find('[0-9]+') == '1'",
    "'a1b22'.findAll('[0-9]+') == ['1', '22']",
    "'a1b22'.findAll('[0-9]', 2) == ['1', '2']",
    "'abcabc'.replace('b', 'x') == 'axcaxc'",
    "'abcabc'.replace('b', 'x', 1) == 'axcabc'",
    "'HeLLÖ'.lowerAscii() == 'hellÖ'",
    "'abc'.charAt(1) == 'b'",
    "'a,b,c'.split(',', 2) == ['a', 'b,c']",
    "['a', 'b'].join('-') == 'a-b'",
    '[1, 2, 2].isSorted()',
    '![2, 1].isSorted()',
    '[1, 2].sum() == 3 && [1, 2].min() == 1 && [1, 2].max() == 2',
    "['x', 'y', 'x'].indexOf('x') == 0 && ['x', 'y', 'x'].lastIndexOf('x') == 2",
    'sets.contains([1, 2, 3], [3, 1])',
    '!sets.contains([1], [2])',
    'sets.equivalent([1, 1, 2], [2, 1])',
    'sets.intersects([1, 2], [2, 3])',
    "quantity('1Gi').isGreaterThan(quantity('1G'))",
    "quantity('1').add(quantity('500m')).compareTo(quantity('1.5')) == 0",
    "quantity('1500m').isInteger() == false && quantity('2k').asInteger() == 2000",
    "isQuantity('1.5Gi') && !isQuantity('1.5Gib')",
    "isURL('https://example.com/a?b=c') && isURL('/absolute') && !isURL('not a url') && !isURL('example.com')",
    "url('https://user@[::1]:8443/p?a=1&a=2').getHostname() == '::1'",
    "url('https://h:1/p?a=1&a=2').getQuery()['a'] == ['1', '2']",
    "isIP('2001:db8::1') && !isIP('1.2.3') && !isIP('::ffff:1.2.3.4')",
    "ip('127.0.0.1').isLoopback() && ip('8.8.8.8').isGlobalUnicast() && ip('1.2.3.4').family() == 4",
    "string(ip('2001:0db8:0:0:0:0:0:1')) == '2001:db8::1'",
    "cidr('10.0.0.0/8').containsIP('10.9.8.7') && !cidr('10.0.0.0/8').containsIP('11.0.0.1')",
    "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.0.0.0/8').prefixLength() == 8",
    "!format.dns1123Subdomain().validate('a.b-c').hasValue()",
    "format.dns1123Label().validate('A').hasValue()",
    "format.named('dns1123Label').hasValue() && !format.named('nope').hasValue()",
    "duration('1h30m').getMinutes() == 90 && duration('-1.5s').getMilliseconds() == -1500",
    "timestamp('2024-01-02T03:04:05Z').getFullYear() == 2024",
    "optional.of('a').orValue('b') == 'a' && optional.none().orValue('b') == 'b'",
    '[1, 2, 3].exists_one(x, x == 2) && [1, 2].map(x, x * 2) == [2, 4] && [1, 2].filter(x, x > 1) == [2]',
    "'a\\'matches(b'.contains('matches(')",
  ])('%s', (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
});

describe('values', () => {
  test('strings of format byte are bytes', () => {
    expect(evaluate("string(self).startsWith('ab')", btoa('abc'), { type: 'string', format: 'byte' })).toBe(true);
  });

  test('whole numbers are ints, and doubles where the schema says number', () => {
    expect(evaluate('self / 2 == 1', 3, { type: 'integer' })).toBe(true);
    expect(evaluate('self / 2.0 == 1.5', 3, { type: 'number' })).toBe(true);
  });

  test('an int-or-string is either', () => {
    const schema: Schema = { intOrString: true };
    expect(evaluate('type(self) == int', 3, schema)).toBe(true);
    expect(evaluate('type(self) == string', '3%', schema)).toBe(true);
  });

  test('names that CEL reserves are read with underscores', () => {
    const schema: Schema = {
      type: 'object',
      properties: { namespace: { type: 'string' }, 'a-b.c': { type: 'string' } },
    };
    expect(
      evaluate("self.__namespace__ == 'x' && self.a__dash__b__dot__c == 'y'", { namespace: 'x', 'a-b.c': 'y' }, schema),
    ).toBe(true);
  });

  test('keys of maps are read as they are', () => {
    const schema: Schema = { type: 'object', additionalProperties: { type: 'string' } };
    expect(evaluate("self['a.b'] == 'x'", { 'a.b': 'x' }, schema)).toBe(true);
  });

  test('optional access goes through what is missing', () => {
    const schema: Schema = {
      type: 'object',
      properties: { a: { type: 'object', properties: { b: { type: 'string' } } } },
    };
    expect(evaluate("self.?a.b.orValue('none')", {}, schema)).toBe('none');
  });

  test('a value of the wrong type fails every operation', () => {
    expect(() => evaluate("self.startsWith('a')", 1, { type: 'string' })).toThrow();
  });
});

describe('prototypes are out of reach', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'size'])('self.%s', (name) => {
    expect(() => evaluate(`self.${name}`, {}, { type: 'object' })).toThrow();
    expect(() => evaluate(`self['${name}']`, {}, { type: 'object' })).toThrow();
  });

  test.each([
    "url('https://a').constructor",
    "ip('1.2.3.4').value",
    'optional.constructor',
    'sets.constructor',
    'format.named.constructor',
    "'a'.constructor",
    '[1].constructor',
  ])('%s', (expression) => {
    expect(() => evaluate(expression)).toThrow();
  });
});

describe('compiling', () => {
  test.each([
    'self.',
    'self ++ 1',
    'unknown(self)',
    "'unfinished",
    'undeclared == 1',
    '(',
    '1 + true',
    'self.a.all(1, true)',
  ])('refuses %s', (expression) => {
    expect(compile(expression)).toHaveProperty('fault');
  });

  test('a fault is shown below the line that has it', () => {
    const schema: Schema = { type: 'object', properties: { a: { type: 'string' } } };
    expect(compile("has(self.a) &&\n  self.b == 'é'", schema)).toEqual({
      fault: "ERROR: <input>:2:7: undefined field 'b'\n |   self.b == 'é'\n | ......^",
    });
  });

  test('sees the use of the old value, not of a field of that name', () => {
    const schema: Schema = { type: 'object', properties: { oldSelf: { type: 'string' } } };
    const references = (expression: string): unknown => {
      const compiled = compile(expression, schema);
      return 'checked' in compiled && [...compiled.checked.references];
    };
    expect(references('self == oldSelf')).toEqual(['self', 'oldSelf']);
    expect(references("self.oldSelf == 'oldSelf'")).toEqual(['self']);
  });

  test('a deep expression is refused, and a long one takes time in proportion', () => {
    expect(compile('('.repeat(10_000))).toHaveProperty('fault');
    expect(compile(`self${' + self'.repeat(300)}`)).toHaveProperty('fault');
    expect(compile(`${'self == self || '.repeat(2000)}true`)).toHaveProperty('checked');
  });
});

describe('cost', () => {
  const list = (bounds: Schema): Schema => ({ type: 'array', items: { type: 'string', ...bounds }, ...bounds });

  test('grows with what the schema allows', () => {
    const cost = (schema: Schema): number => {
      const compiled = compile("self.all(x, x.startsWith('a'))", schema);
      return 'cost' in compiled ? compiled.cost : Number.NaN;
    };
    expect(cost(list({ maxItems: 10 }))).toBe(52);
    expect(cost(list({ maxItems: 1000 }))).toBe(5002);
  });

  test('ends an evaluation, whatever would make up for a failure', () => {
    const items = Array.from({ length: 200 }, () => 'a');
    const rule = 'self.all(x, self.all(y, self.all(z, x == y))) || true';
    expect(() => evaluate(rule, items, list({}))).toThrow('operation cancelled: actual cost limit exceeded');
  });
});
