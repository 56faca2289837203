import { describeOrigin } from '@pullpath/api';
import { expect, test } from 'vitest';
import { editRegistries, mergeMirrorSets, type RegistriesEdit, type RegistryEntry } from '../../src/index.ts';
import { rule, scopes } from './rule-builders.ts';

test('digest mirrors stand before tag mirrors of one entry', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'src.io', ['z.io'])]),
    tagSets: mergeMirrorSets([rule('itms', 'src.io', ['a.io'])]),
  });
  expect(registries.map(mirrorsOf)).toEqual([['z.io digest-only', 'a.io tag-only']]);
});

test('blocked-only entries come after sources, insecure-only entries last', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'src.io', ['m.io'])]),
    insecure: scopes('insecureRegistries', 'plain.io'),
    blocked: scopes('blockedRegistries', '*.bad.io'),
  });
  expect(registries.map(({ prefix, location }) => prefix || location)).toEqual(['src.io', '*.bad.io', 'plain.io']);
});

test('an insecure scope marks entries and mirrors inside it', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'a.corp/ns', ['m.corp/ns', 'm.io'])]),
    insecure: scopes('insecureRegistries', '*.corp'),
  });
  expect(registries[0]).toMatchObject({ insecure: true, mirrors: [{ insecure: true }, { insecure: false }] });
});

test('an entry without mirrors inherits those of the first source around it', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'src.io', ['m.io/all']), rule('idms', 'src.io/ns', ['m.io/ns'])]),
    insecure: scopes('insecureRegistries', 'src.io/ns/app'),
  });
  expect(registries.map(mirrorsOf)).toEqual([
    ['m.io/all digest-only'],
    ['m.io/ns digest-only'],
    ['m.io/all/ns/app digest-only'],
  ]);
});

test('NeverContactSource is not inherited, as in the field', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'quay.io', ['m.io'], 'NeverContactSource')]),
    insecure: scopes('insecureRegistries', 'quay.io/ns'),
  });
  expect(registries.map(({ location, blocked }) => [location, blocked])).toEqual([
    ['quay.io', true],
    ['quay.io/ns', false],
  ]);
});

test('a wildcard source around a bare entry is a fault that names both', () => {
  const { faults } = edit({
    digestSets: mergeMirrorSets([rule('idms', '*.example.com', ['m.io'])]),
    blocked: scopes('blockedRegistries', 'a.example.com'),
  });
  expect(faults.map(({ code, value }) => [code, value])).toEqual([
    ['wildcard-source-with-nested-scope', '*.example.com'],
  ]);
  expect(faults[0]?.related?.[0]?.origin?.path).toEqual(['spec', 'registrySources', 'blockedRegistries', 0]);
});

test('an entry carries the rules that made it, mirror rules first', () => {
  const { registries } = edit({
    digestSets: mergeMirrorSets([rule('idms', 'src.io/ns', ['m.io'])]),
    blocked: scopes('blockedRegistries', 'src.io'),
  });
  expect(registries[0]?.origins.map((origin) => describeOrigin(origin).object)).toEqual([
    'idms/src.io/ns',
    'Image/cluster',
  ]);
});

test('before 4.13 the entry serves digests only and mirrors have no selection', () => {
  const { registries } = edit({ digestSets: mergeMirrorSets([rule('icsp', 'src.io', ['m.io'])]), dialect: '4.12' });
  expect(registries[0]).toMatchObject({ mirrorByDigestOnly: true, mirrors: [{ pullFromMirror: '' }] });
});

function edit(parts: Partial<RegistriesEdit>): ReturnType<typeof editRegistries> {
  return editRegistries({
    registries: [],
    digestSets: [],
    tagSets: [],
    insecure: [],
    blocked: [],
    dialect: '4.19',
    ...parts,
  });
}

function mirrorsOf({ mirrors }: RegistryEntry): string[] {
  return mirrors.map(({ location, pullFromMirror }) => `${location} ${pullFromMirror}`);
}
