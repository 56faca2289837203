import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Dialect,
  type Mirror,
  type RegistriesConf,
  type RegistryEntry,
  readRegistriesConf,
  writeRegistriesConf,
} from '../../src/index.ts';

const empty: RegistriesConf = {
  shortNameMode: '',
  additionalLayerStoreAuthHelper: '',
  credentialHelpers: [],
  registries: [],
  aliases: {},
};

test('an absent search list is not written, an empty one is', () => {
  expect(writeRegistriesConf(empty, '4.13')).toBe('short-name-mode = ""\n');
  expect(writeRegistriesConf({ ...empty, searchRegistries: [] }, '4.13')).toBe(
    'unqualified-search-registries = []\nshort-name-mode = ""\n',
  );
});

test('a mirror without a location is written without one', () => {
  const mirrors = [{ location: '', insecure: true, pullFromMirror: '' as const, origins: [] }];
  const flags = { insecure: false, blocked: false, mirrorByDigestOnly: false, origins: [] };
  const conf = { ...empty, registries: [{ prefix: '', location: 'a.io', mirrors, ...flags }] };
  expect(writeRegistriesConf(conf, '4.13')).toBe(
    'short-name-mode = ""\n\n[[registry]]\n  prefix = ""\n  location = "a.io"\n\n  [[registry.mirror]]\n    insecure = true\n',
  );
});

test('credential helpers stand between the search list and the mode, aliases at the end', () => {
  const conf = {
    ...empty,
    searchRegistries: ['a'],
    credentialHelpers: ['x'],
    aliases: { 'b c': 'd.io/e', a: 'b.io/c' },
  };
  expect(writeRegistriesConf(conf, '4.19')).toBe(`unqualified-search-registries = ["a"]
credential-helpers = ["x"]
short-name-mode = ""
additional-layer-store-auth-helper = ""

[aliases]
  a = "b.io/c"
  "b c" = "d.io/e"
`);
});

test('what is written reads back as it was, in every dialect', () => {
  fc.assert(
    fc.property(anyConf, fc.constantFrom<Dialect>('4.12', '4.13', '4.19'), (conf, dialect) => {
      const text = writeRegistriesConf(conf, dialect);
      const { value } = readRegistriesConf({ file: 'registries.conf', text });
      if (!value) throw new Error(text);
      expect(withoutOrigins(value)).toEqual(withoutOrigins(conf));
      expect(writeRegistriesConf(value, dialect)).toBe(text);
    }),
  );
});

const text = fc.string({ unit: 'binary', maxLength: 8 });
const mirror: fc.Arbitrary<Mirror> = fc.record({
  location: text,
  insecure: fc.boolean(),
  pullFromMirror: fc.constantFrom('', 'all', 'digest-only', 'tag-only'),
  origins: fc.constant([]),
});
const entry: fc.Arbitrary<RegistryEntry> = fc.record({
  prefix: text,
  location: text,
  insecure: fc.boolean(),
  blocked: fc.boolean(),
  mirrorByDigestOnly: fc.boolean(),
  mirrors: fc.array(mirror, { maxLength: 3 }),
  origins: fc.constant([]),
});
const anyConf: fc.Arbitrary<RegistriesConf> = fc.record({
  searchRegistries: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
  shortNameMode: text,
  additionalLayerStoreAuthHelper: fc.constant(''),
  credentialHelpers: fc.array(text, { maxLength: 2 }),
  registries: fc.array(entry, { maxLength: 4 }),
  aliases: fc.dictionary(text, text, { maxKeys: 3 }),
});

// Plain data, and aliases as a map, because a record of theirs has no prototype.
function withoutOrigins({ registries, aliases, ...rest }: RegistriesConf): unknown {
  const bare = registries.map((each) => ({
    ...each,
    origins: [],
    mirrors: each.mirrors.map((one) => ({ ...one, origins: [] })),
  }));
  return { ...rest, aliases: new Map(Object.entries(aliases)), registries: bare };
}
