import { describeOrigin } from '@pullpath/api';
import { expect, test } from 'vitest';
import { loadCompiledConf, loadRegistriesConf, readRegistriesConf } from '../../src/index.ts';

const main = (text: string) => ({ file: 'registries.conf', text });

function faultsOf(text: string): string[] {
  return loadRegistriesConf(main(text), []).diagnostics.map(
    ({ code, at }) => `${code} ${at?.start.line}:${at?.start.column}`,
  );
}

test('a missing main file gives the defaults', () => {
  expect(loadRegistriesConf(undefined, []).value).toMatchObject({
    registries: [],
    shortNameMode: 'permissive',
    credentialHelpers: ['containers-auth.json'],
    searchRegistries: undefined,
  });
});

test('a registry of a drop-in replaces the one of the same prefix as a whole', () => {
  const dropIn = { file: '10.conf', text: '[[registry]]\nlocation = "a.io"\n[[registry.mirror]]\nlocation = "m.io"\n' };
  const { value } = loadRegistriesConf(main('[[registry]]\nlocation = "a.io"\nblocked = true\n'), [dropIn]);
  expect(value?.registries).toMatchObject([{ prefix: 'a.io', blocked: false, mirrors: [{ location: 'm.io' }] }]);
});

test('an empty search list of a drop-in empties the list, an absent one keeps it', () => {
  const search = 'unqualified-search-registries = ["a.io"]\n';
  const list = (text: string) => loadRegistriesConf(main(search), [{ file: '1.conf', text }]).value?.searchRegistries;
  expect([list(''), list('unqualified-search-registries = []')]).toEqual([['a.io'], []]);
});

test('of two tables with one prefix the first counts', () => {
  const text = '[[registry]]\nprefix = "a.io"\nlocation = "b.io"\n[[registry]]\nprefix = "a.io"\nlocation = "c.io"\n';
  expect(loadRegistriesConf(main(text), []).value?.registries).toMatchObject([{ location: 'b.io' }]);
});

test('the lists of version 1 become tables, with a warning', () => {
  const text = '[registries.search]\nregistries = ["s.io"]\n[registries.block]\nregistries = ["b.io/"]\n';
  const { value, diagnostics } = loadRegistriesConf(main(text), []);
  expect(value).toMatchObject({ searchRegistries: ['s.io'], registries: [{ prefix: 'b.io', blocked: true }] });
  expect(diagnostics).toMatchObject([{ code: 'v1-format', severity: 'warning' }]);
});

test('version 1 is refused in a drop-in and beside version 2', () => {
  const v1 = '[registries.search]\nregistries = []\n';
  const codes = [
    loadRegistriesConf(undefined, [{ file: '1.conf', text: v1 }]),
    loadRegistriesConf(main(`short-name-mode = "disabled"\n${v1}`), []),
  ].map(({ diagnostics }) => diagnostics[0]?.code);
  expect(codes).toEqual(['v1-in-drop-in', 'v1-v2-mixed']);
});

test('every fault is reported at its key', () => {
  const text = [
    'short-name-mode = "odd"',
    'unqualified-search-registries = ["a.io", "not a host"]',
    '[[registry]] # one',
    '  location = "http://a.io"',
    '  pull-from-mirror = "all"',
    '  [[registry.mirror]]',
    '    location = ""',
    '    pull-from-mirror = """x"""',
    '[[registry]]',
    "prefix = '*.io:5000'",
    '[aliases]',
    '"a.io/b" = "c"',
  ].join('\n');
  expect(faultsOf(text)).toEqual([
    'location-has-scheme 4:14',
    'pull-from-mirror-on-registry 5:22',
    'mirror-location-unset 6:3',
    'pull-from-mirror-unsupported 8:24',
    'invalid-search-registry 2:33',
    'invalid-short-name-mode 1:19',
    'invalid-wildcard-prefix 10:10',
    'short-name-has-registry 12:12',
    'alias-not-qualified 12:12',
  ]);
});

test('tables of one location that differ in blocked name each other', () => {
  const text = '[[registry]]\nlocation = "a.io"\n\n[[registry]]\nprefix = "b.io"\nlocation = "a.io"\nblocked = true\n';
  expect(loadRegistriesConf(main(text), []).diagnostics).toMatchObject([
    { code: 'conflicting-blocked', at: { start: { line: 4 } }, related: [{ at: { start: { line: 1 } } }] },
  ]);
});

test('wrong types are reported with their place, and nothing else of that file', () => {
  expect(faultsOf('[[registry]]\nlocation = 5\nblocked = "true"\n[registries]\nsearch = []\n')).toEqual([
    'conf-field-type 2:12',
    'conf-field-type 3:11',
    'conf-field-type 5:10',
  ]);
});

test('text that is no TOML is reported with its line', () => {
  expect(faultsOf('a = 1\n[[registry]\n')).toEqual(['conf-toml-syntax 2:12']);
});

test('field names match in any case and unknown fields are ignored', () => {
  const { value } = loadRegistriesConf(main('x = 1\n[[Registry]]\nLOCATION = "a.io"\nother = 2\n'), []);
  expect(value?.registries).toMatchObject([{ location: 'a.io' }]);
});

test('a key named __proto__ is an alias like any other', () => {
  const { value, diagnostics } = loadRegistriesConf(main('[aliases]\n__proto__ = "a.io/b"\n'), []);
  expect(diagnostics).toMatchObject([{ code: 'short-name-unparsable' }]);
  expect(value).toBeUndefined();
});

test('entries and mirrors know the line of their header', () => {
  const text =
    '# [[registry]]\nx = """\n[[registry]]\n"""\n[[registry]]\nlocation = "b.io"\n [[registry.mirror]]\nlocation = "m"\n';
  const [entry] = loadRegistriesConf(main(text), []).value?.registries ?? [];
  expect([entry?.origins, entry?.mirrors[0]?.origins].map((origins) => describeOrigin(origins![0]!))).toMatchObject([
    { file: 'registries.conf', line: 5, column: 1, path: 'registry[0]' },
    { file: 'registries.conf', line: 7, column: 2, path: 'registry[0].mirror[0]' },
  ]);
});

test('reading alone fills in nothing', () => {
  const { value } = readRegistriesConf(main('[[registry]]\nlocation = "a.io/"\n'));
  expect(value).toMatchObject({
    shortNameMode: '',
    credentialHelpers: [],
    registries: [{ prefix: '', location: 'a.io/' }],
  });
});

test('a compiled configuration is checked and keeps its origins', () => {
  const read = readRegistriesConf(main('[[registry]]\nlocation = "a.io"\n[[registry]]\nlocation = "http://b.io"\n'))
    .value!;
  const [good] = read.registries;
  expect(loadCompiledConf({ ...read, registries: [good!] }).value?.registries).toMatchObject([
    { prefix: 'a.io', origins: good!.origins },
  ]);
  expect(loadCompiledConf(read).diagnostics).toMatchObject([
    { code: 'location-has-scheme', at: { start: { line: 3 } } },
  ]);
});
