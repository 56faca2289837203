import type { Random } from '@pullpath/testkit';

type Kind =
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'list'
  | 'ints'
  | 'map'
  | 'object'
  | 'duration'
  | 'timestamp'
  | 'bytes'
  | 'optional'
  | 'dyn';

/** Variables that are in scope, by their kind. */
type Names = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** An expression over the generated schema that mostly has the right types. */
export function generatedExpression(random: Random, kind: Kind = 'bool', depth = 4, names: Names = {}): string {
  const wanted = random.oneIn(25) ? random.pick(kinds) : kind;
  const forms = depth <= 0 ? leaves[wanted] : [...leaves[wanted], ...branches[wanted], ...branches[wanted]];
  const part = (of: Kind, more: Names = {}): string => {
    const scope = Object.fromEntries(kinds.map((each) => [each, [...(names[each] ?? []), ...(more[each] ?? [])]]));
    return generatedExpression(random, of, depth - 1, scope);
  };
  const form = random.pick([...(names[wanted] ?? []), ...(names[wanted] ?? []), ...forms]);
  return typeof form === 'string' ? form : form(part, random);
}

type Part = (kind: Kind, names?: Names) => string;
type Form = string | ((part: Part, random: Random) => string);

const kinds: readonly Kind[] = [
  'bool',
  'int',
  'double',
  'string',
  'list',
  'ints',
  'map',
  'object',
  'duration',
  'timestamp',
  'bytes',
  'optional',
  'dyn',
];

const leaves: Readonly<Record<Kind, readonly Form[]>> = {
  bool: ['self.b', 'true', 'has(self.s)', 'has(self.o.k)', 'has(self.lo)', 'self.nope', 'has(self.ms.a)'],
  int: [
    'self.i',
    '1',
    '-2',
    '0',
    'self.a__dash__b',
    'self.o.v',
    'size(self.ls)',
    'self.ls.size()',
    'self.s.size()',
    "self.mi['a']",
  ],
  double: ['self.n', '1.5', 'double(self.i)', '-0.5'],
  string: [
    'self.s',
    "'a'",
    "'abc'",
    'self.e',
    'self.__namespace__',
    'self.o.k',
    'self.ls[0]',
    "self.ms['a']",
    'self.ms.b',
    'r"x\\d"',
    'string(self.y)',
    'self.metadata.name',
  ],
  list: ['self.ls', "['a', 'b']", 'self.o.w', '[]', 'self.s.split(",")'],
  ints: ['self.li', '[1, 2, 3]', '[3, 1]'],
  map: ['self.ms', "{'a': 'b'}"],
  object: ['self.o', 'self.lo[0]'],
  duration: ['self.d', "duration('1h')", "duration('90s')", "duration('x')"],
  timestamp: ['self.t', "timestamp('2024-01-01T00:00:00Z')", "timestamp('nope')"],
  bytes: ['self.y', "b'abc'", 'bytes(self.s)'],
  optional: ['self.?s', 'self.o.?k', 'optional.none()', "optional.of('a')", 'self.ls[?0]', "self.ms[?'a']"],
  dyn: ['self.x', 'dyn(1)', "dyn('a')"],
};

const compare: readonly Form[] = (['int', 'double', 'string', 'duration', 'timestamp', 'bytes'] as const).map(
  (kind) => (part: Part, random: Random) =>
    `${part(kind)} ${random.pick(['<', '<=', '>', '>=', '==', '!='])} ${part(kind)}`,
);

const branches: Readonly<Record<Kind, readonly Form[]>> = {
  bool: [
    ...compare,
    (part) => `${part('bool')} && ${part('bool')}`,
    (part) => `${part('bool')} || ${part('bool')}`,
    (part) => `!(${part('bool')})`,
    (part) => `(${part('bool')} ? ${part('bool')} : ${part('bool')})`,
    (part) => `${part('string')} in ${part('list')}`,
    (part) => `${part('string')} in ${part('map')}`,
    (part) => `${part('int')} in ${part('ints')}`,
    (part) => `${part('list')}.all(v, ${part('bool', { string: ['v'] })})`,
    (part) => `${part('list')}.exists(v, ${part('bool', { string: ['v'] })})`,
    (part) => `${part('ints')}.exists_one(v, ${part('bool', { int: ['v'] })})`,
    (part) => `${part('map')}.all(k, ${part('bool', { string: ['k'] })})`,
    (part) => `self.lo.all(p, ${part('bool', { object: ['p'], string: ['p.k'], int: ['p.v'] })})`,
    (part) => `self.lo.exists(p, ${part('bool', { object: ['p'], string: ['p.k'], list: ['p.w'] })})`,
    (part) => `${part('map')}.exists(k, v, ${part('bool', { string: ['k', 'v'] })})`,
    (part) => `${part('string')}.startsWith(${part('string')})`,
    (part) => `${part('string')}.endsWith(${part('string')})`,
    (part) => `${part('string')}.contains(${part('string')})`,
    (part, random) => `${part('string')}.matches(${random.pick(["'^[a-z]+$'", "'b'", "'('", part('string')])})`,
    (part) => `${part('list')} == ${part('list')}`,
    (part) => `${part('map')} == ${part('map')}`,
    (part) => `${part('object')} == ${part('object')}`,
    (part) => `${part('optional')}.hasValue()`,
    (part) => `${part('optional')} == ${part('optional')}`,
    (part) => `${part('ints')}.isSorted()`,
    (part) => `${part('list')}.isSorted()`,
    (part) => `sets.contains(${part('list')}, ${part('list')})`,
    (part) => `sets.intersects(${part('ints')}, ${part('ints')})`,
    (part) => `sets.equivalent(${part('list')}, ${part('list')})`,
    (part) => `isURL(${part('string')})`,
    (part) => `isIP(${part('string')})`,
    (part) => `isCIDR(${part('string')})`,
    (part) => `isQuantity(${part('string')})`,
    (part) => `quantity(${part('string')}).isGreaterThan(quantity('1'))`,
    (part) => `cidr('10.0.0.0/8').containsIP(${part('string')})`,
    (part) => `!format.dns1123Label().validate(${part('string')}).hasValue()`,
    (part) => `type(${part('dyn')}) == ${'string'}`,
    (part) => `${part('dyn')} == ${part('string')}`,
    (part) => `${part('dyn')} > 1`,
    (part) => `${part('int')} == ${part('double')}`,
    (part) => `${part('int')} < ${part('double')}`,
  ],
  int: [
    (part, random) => `${part('int')} ${random.pick(['+', '-', '*', '/', '%'])} ${part('int')}`,
    (part) => `(${part('int')} + ${part('int')})`,
    (part) => `-(${part('int')})`,
    (part) => `size(${part('list')})`,
    (part) => `${part('map')}.size()`,
    (part) => `size(${part('string')})`,
    (part) => `${part('bytes')}.size()`,
    (part) => `int(${part('double')})`,
    (part) => `int(${part('string')})`,
    (part) => `(${part('bool')} ? ${part('int')} : ${part('int')})`,
    (part) => `${part('ints')}.sum()`,
    (part) => `${part('ints')}.max()`,
    (part) => `${part('ints')}.min()`,
    (part) => `${part('ints')}[${part('int')}]`,
    (part) => `${part('string')}.indexOf(${part('string')})`,
    (part) => `${part('string')}.lastIndexOf(${part('string')})`,
    (part) => `${part('list')}.indexOf(${part('string')})`,
    (part) => `${part('timestamp')}.getFullYear()`,
    (part) => `${part('timestamp')}.getHours()`,
    (part) => `${part('duration')}.getMinutes()`,
    (part) => `${part('duration')}.getSeconds()`,
    (part) => `self.mi[${part('string')}]`,
    (part) => `quantity(${part('string')}).asInteger()`,
  ],
  double: [
    (part, random) => `${part('double')} ${random.pick(['+', '-', '*', '/'])} ${part('double')}`,
    (part) => `double(${part('int')})`,
    (part) => `double(${part('string')})`,
  ],
  string: [
    (part) => `${part('string')} + ${part('string')}`,
    (part) => `(${part('bool')} ? ${part('string')} : ${part('string')})`,
    (part) => `string(${part('int')})`,
    (part) => `string(${part('double')})`,
    (part) => `string(${part('bool')})`,
    (part) => `string(${part('duration')})`,
    (part) => `string(${part('timestamp')})`,
    (part) => `${part('string')}.lowerAscii()`,
    (part) => `${part('string')}.upperAscii()`,
    (part) => `${part('string')}.trim()`,
    (part) => `${part('string')}.replace(${part('string')}, ${part('string')})`,
    (part) => `${part('string')}.substring(${part('int')})`,
    (part) => `${part('string')}.substring(0, ${part('int')})`,
    (part) => `${part('string')}.charAt(${part('int')})`,
    (part) => `${part('string')}.find('[a-z]')`,
    (part) => `${part('list')}.join(${part('string')})`,
    (part) => `${part('list')}.join()`,
    (part) => `${part('list')}[${part('int')}]`,
    (part) => `${part('map')}[${part('string')}]`,
    (part) => `${part('optional')}.orValue(${part('string')})`,
    (part) => `${part('optional')}.value()`,
    (part) => `url(${part('string')}).getHost()`,
    (part) => `'%s is %d'.format([${part('string')}, ${part('int')}])`,
    (part) => `${part('dyn')} + 'x'`,
  ],
  list: [
    (part) => `${part('list')}.filter(v, ${part('bool', { string: ['v'] })})`,
    (part) => `${part('list')}.map(v, ${part('string', { string: ['v'] })})`,
    (part) => `self.lo.map(p, ${part('string', { object: ['p'], string: ['p.k'] })})`,
    (part) => `${part('list')} + ${part('list')}`,
    (part) => `[${part('string')}, ${part('string')}]`,
    (part) => `${part('string')}.split(${part('string')})`,
    (part) => `${part('string')}.split('', 2)`,
    (part) => `${part('string')}.findAll('[a-z0-9]')`,
    (part) => `${part('list')}.distinct()`,
    (part) => `${part('list')}.reverse()`,
    (part) => `${part('list')}.sort()`,
    (part) => `${part('list')}.slice(0, ${part('int')})`,
    (part) => `${part('map')}.map(k, k)`,
  ],
  ints: [
    (part) => `${part('list')}.map(v, ${part('int', { string: ['v'] })})`,
    (part) => `${part('ints')}.filter(v, ${part('bool', { int: ['v'] })})`,
    (part) => `[${part('int')}, ${part('int')}]`,
    (part) => `lists.range(${part('int')})`,
    (part) => `${part('ints')} + ${part('ints')}`,
  ],
  map: [
    (part) => `{'a': ${part('string')}}`,
    (part) => `${part('map')}.transformMap(k, v, ${part('string', { string: ['k', 'v'] })})`,
  ],
  object: [(part) => `self.lo[${part('int')}]`],
  duration: [
    (part) => `${part('timestamp')} - ${part('timestamp')}`,
    (part) => `${part('duration')} + ${part('duration')}`,
  ],
  timestamp: [(part) => `${part('timestamp')} + ${part('duration')}`],
  bytes: [(part) => `bytes(${part('string')})`, (part) => `${part('bytes')} + ${part('bytes')}`],
  optional: [
    (part) => `optional.of(${part('string')})`,
    (part) => `${part('list')}[?${part('int')}]`,
    (part) => `${part('map')}[?${part('string')}]`,
    (part) => `${part('optional')}.or(${part('optional')})`,
    (part) => `${part('optional')}.optMap(z, ${part('string', { string: ['z'] })})`,
    (part) => `${part('list')}.first()`,
  ],
  dyn: [(part) => `dyn(${part('int')})`, (part) => `dyn(${part('string')})`],
};
