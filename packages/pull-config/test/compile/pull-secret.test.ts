import { loadManifests } from '@pullpath/api';
import { expect, test } from 'vitest';
import { pullSecretText, renderScope } from '../../src/index.ts';
import { objectOf } from './rule-builders.ts';

const text = '{ "auths": {"m.io": {"auth": "dTpw"}} }\n';

test('nodes get the bytes of the Secret as they are', () => {
  expect(textOf({ data: { '.dockerconfigjson': btoa(text) } })).toEqual({ text, faults: [] });
});

test('stringData wins over data, as in the API', () => {
  expect(textOf({ stringData: { '.dockerconfigjson': text }, data: { '.dockerconfigjson': 'e30=' } }).text).toBe(text);
});

test.each([
  {},
  { data: { '.dockerconfigjson': 'not base64' } },
  { stringData: { '.dockerconfigjson': 'dTpwYXNzd29yZA' } },
  { stringData: { '.dockerconfigjson': '{"auths": ["hunter2"]}' } },
  { stringData: { '.dockerconfigjson': '{"m.io": {"auth": "hunter2"}}' } },
])('%j is refused without quoting it', (maps) => {
  const { text: none, faults } = textOf(maps);
  expect(none).toBeUndefined();
  expect(faults.map(({ code }) => code)).toEqual(['pull-secret-format']);
  expect(JSON.stringify(faults.map(({ message, hint, value }) => [message, hint, value]))).not.toMatch(/hunter2|dTpw/);
});

test('a value that is no base64 is blamed at its place, others at the name, whose line holds no secret', () => {
  const paths = ['not base64', btoa('[]')].map((value) => textOf({ data: { '.dockerconfigjson': value } }).faults[0]);
  expect(paths.map((fault) => fault?.origin?.path)).toEqual([
    ['data', '.dockerconfigjson'],
    ['metadata', 'name'],
  ]);
});

test('a secret that stands in an install-config is blamed there', () => {
  const text = "apiVersion: v1\nbaseDomain: example.com\nmetadata: {name: lab}\npullSecret: '<your-pull-secret>'\n";
  const { objects } = loadManifests([{ file: 'install-config.yaml', text }]);
  const { diagnostics } = renderScope(objects, { pool: 'worker' });
  expect(diagnostics.map(({ code, at }) => `${code} ${at?.file}:${at?.start.line}:${at?.start.column}`)).toEqual([
    'pull-secret-format install-config.yaml:4:13',
  ]);
});

function textOf(maps: Record<string, unknown>): ReturnType<typeof pullSecretText> {
  return pullSecretText({ object: objectOf('Secret', 'pull-secret', maps) });
}
