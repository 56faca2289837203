import { expect, test } from 'vitest';
import { type RegistriesConf, readRegistriesConf, sigstoreScopes } from '../../src/index.ts';

test('without a registries.conf only the scopes of policies count', () => {
  expect(sigstoreScopes(policies('quay.io', '*.a.io'), undefined).scopes).toEqual(['*.a.io', 'quay.io']);
});

test('mirrors of both kinds that serve a scope count too', () => {
  const conf = confOf(`[[registry]]
location = "quay.io"
[[registry.mirror]]
location = "m.io/d"
pull-from-mirror = "digest-only"
[[registry.mirror]]
location = "m.io/t"
pull-from-mirror = "tag-only"
`);
  expect(sigstoreScopes(policies('quay.io/ns'), conf).scopes).toEqual(['m.io/d/ns', 'm.io/t/ns', 'quay.io/ns']);
});

test('entries inside a scope are followed, and the source of a wildcard entry adds nothing', () => {
  const conf = confOf('[[registry]]\nprefix = "*.a.io"\n[[registry.mirror]]\nlocation = "m.io"\n');
  expect(sigstoreScopes(policies('*.io'), conf).scopes).toEqual(['*.io', 'm.io']);
});

test('a mirror that gives no valid reference is a fault', () => {
  const conf = confOf('[[registry]]\nlocation = "docker.io/ns"\n');
  expect(sigstoreScopes(policies('*.io'), conf).faults.map(({ code }) => code)).toEqual(['mirror-rewrite-invalid']);
});

function policies(...scopes: string[]): Parameters<typeof sigstoreScopes>[0] {
  return new Map(scopes.map((scope) => [scope, { requirements: [], origins: [] }]));
}

function confOf(text: string): RegistriesConf | undefined {
  return readRegistriesConf({ file: 'registries.conf', text }).value;
}
