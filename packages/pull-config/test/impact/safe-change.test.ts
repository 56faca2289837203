import { originSpan } from '@pullpath/api';
import { isSafeRegistriesConfChange } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

const quay = '[[registry]]\nprefix = ""\nlocation = "quay.io/ns"\n';

test('adding a digest mirror to a source is safe', () => {
  expect(isSafeRegistriesConfChange(quay, quay + mirror('m.corp/ns', 'digest-only'))).toEqual({
    safe: true,
    reasons: [],
  });
});

test('a tag mirror that is added is named with the line of its table', () => {
  const { safe, reasons } = isSafeRegistriesConfChange(quay, quay + mirror('m.corp/ns', 'tag-only'));
  expect(safe).toBe(false);
  expect(reasons.map(({ kind, message }) => [kind, message])).toEqual([
    ['mirror-added', 'tag mirror m.corp/ns of quay.io/ns is added'],
  ]);
  expect(reasons[0]?.origins.map((origin) => originSpan(origin)?.start.line)).toEqual([4]);
});

test('every reason is given, also those of removed tables', () => {
  const old = `unqualified-search-registries = ["a.io", "b.io"]\n${quay}[[registry]]\nlocation = "gone.io"\n`;
  const now = `unqualified-search-registries = ["b.io"]\n${quay}blocked = true\n[[registry]]\nlocation = "new.io"\n`;
  expect(isSafeRegistriesConfChange(old, now).reasons.map(({ message }) => message)).toEqual([
    'the list of search registries loses an entry or changes its order',
    'gone.io is removed',
    'quay.io/ns becomes blocked',
    'new.io is added without a mirror',
  ]);
});

test('a location that mirrors digests and tags makes any change of its source unsafe', () => {
  const both = quay + mirror('m.corp/ns', 'digest-only') + mirror('m.corp/ns', 'tag-only');
  const more =
    quay + mirror('m.corp/ns', 'digest-only') + mirror('m2.corp', 'digest-only') + mirror('m.corp/ns', 'tag-only');
  expect(isSafeRegistriesConfChange(both, both).safe).toBe(true);
  expect(isSafeRegistriesConfChange(both, more).reasons.map(({ message }) => message)).toEqual([
    'quay.io/ns changes and m.corp/ns mirrors both its digests and its tags',
  ]);
});

test('removing the tag row of such a location is safe', () => {
  const both = quay + mirror('m.corp/ns', 'digest-only') + mirror('m.corp/ns', 'tag-only');
  expect(isSafeRegistriesConfChange(both, quay + mirror('m.corp/ns', 'digest-only')).safe).toBe(true);
});

test('mirror-by-digest-only of a new table with mirrors does not make them safe', () => {
  const table = '[[registry]]\nlocation = "new.io"\nmirror-by-digest-only = true\n';
  expect(isSafeRegistriesConfChange('', table).safe).toBe(true);
  expect(isSafeRegistriesConfChange('', table + mirror('m.corp', '')).safe).toBe(false);
});

test('up to 4.12 mirror-by-digest-only of the table decides, and changing it is unsafe', () => {
  const blocked = '[[registry]]\nlocation = "new.io"\nblocked = true\n';
  const table = '[[registry]]\nlocation = "new.io"\nblocked = true\nmirror-by-digest-only = true\n';
  expect(isSafeRegistriesConfChange('', table + mirror('m.corp', ''), '4.12').safe).toBe(true);
  expect(isSafeRegistriesConfChange('', table, '4.12').safe).toBe(true);
  expect(isSafeRegistriesConfChange(blocked, table + mirror('m.corp', ''), '4.12').reasons).toMatchObject([
    { kind: 'registry-changed', message: 'new.io sets mirror-by-digest-only to true' },
  ]);
});

test('a text that is no TOML is unsafe and says why', () => {
  const { safe, reasons } = isSafeRegistriesConfChange('', 'a = = 1');
  expect(safe).toBe(false);
  expect(reasons[0]?.kind).toBe('unreadable');
});

function mirror(location: string, pull: string): string {
  return `[[registry.mirror]]\nlocation = "${location}"\n${pull === '' ? '' : `pull-from-mirror = "${pull}"\n`}`;
}
