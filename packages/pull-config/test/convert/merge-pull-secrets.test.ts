import { mergePullSecrets } from '@pullpath/pull-config';
import { expect, test } from 'vitest';

test('entries of all files are joined with sorted keys', () => {
  const { text, registries, diagnostics } = mergePullSecrets([
    { file: 'a.json', text: '{"auths":{"z.io":{"email":"e","auth":"YTpi"}}}' },
    { file: 'b.json', text: '{"auths":{"a.io/ns":{"auth":"YTpi"}},"credHelpers":{"gcr.io":"gcloud"}}' },
  ]);
  expect(text).toBe(
    '{"auths":{"a.io/ns":{"auth":"YTpi"},"z.io":{"auth":"YTpi","email":"e"}},"credHelpers":{"gcr.io":"gcloud"}}\n',
  );
  expect(registries).toEqual(['a.io/ns', 'z.io']);
  expect(diagnostics).toEqual([]);
});

test('the same entry twice is no conflict, whatever the order of its fields', () => {
  const { diagnostics } = mergePullSecrets([
    { file: 'a.json', text: '{"auths":{"z.io":{"email":"e","auth":"YTpi"}}}' },
    { file: 'b.json', text: '{"auths":{"z.io":{"auth":"YTpi","email":"e"}}}' },
  ]);
  expect(diagnostics).toEqual([]);
});

test('of different entries the last is taken; the warning names key and files, never a value', () => {
  const { text, diagnostics } = mergePullSecrets([
    { file: 'a.json', text: '{"auths":{"z.io":{"auth":"Zmlyc3Q6b25l"}}}' },
    { file: 'b.json', text: '{"auths":{\n "z.io":{"auth":"c2Vjb25kOnR3bw=="}}}' },
  ]);
  expect(text).toBe('{"auths":{"z.io":{"auth":"c2Vjb25kOnR3bw=="}}}\n');
  expect(diagnostics).toMatchObject([
    {
      code: 'pull-secret-conflict',
      severity: 'warning',
      message: 'z.io has other credentials than in a.json, these are taken',
      at: { file: 'b.json', start: { line: 2, column: 2 } },
      related: [{ at: { file: 'a.json' } }],
    },
  ]);
  expect(JSON.stringify(diagnostics)).not.toMatch(/Zmlyc3Q6b25l|c2Vjb25kOnR3bw/);
});

test('a file that cannot be read stops the merge and names its place', () => {
  const { text, diagnostics } = mergePullSecrets([
    { file: 'a.json', text: '{"auths":{}}' },
    { file: 'b.json', text: '{"auths":' },
    { file: 'c.json', text: '{"kind":"Secret"}' },
  ]);
  expect(text).toBeUndefined();
  expect(diagnostics.map(({ severity, at }) => [severity, at?.file])).toContainEqual(['error', 'b.json']);
  expect(diagnostics.map(({ severity, at }) => [severity, at?.file])).toContainEqual(['error', 'c.json']);
});

test('a key __proto__ is a key like any other', () => {
  const { text } = mergePullSecrets([{ file: 'a.json', text: '{"auths":{"__proto__":{"auth":"YTpi"}}}' }]);
  expect(text).toBe('{"auths":{"__proto__":{"auth":"YTpi"}}}\n');
});

test('an entry whose auth is no base64 stops the merge; the fault names its registry, never its value', () => {
  const { text, diagnostics } = mergePullSecrets([
    { file: 'a.json', text: '{"auths":{\n "z.io":{"auth":"user:hunter2"},\n "y.io":{"auth":""}}}' },
  ]);
  expect(text).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { code: 'auth-bad-base64', severity: 'error', at: { file: 'a.json', start: { line: 2, column: 2 } } },
  ]);
  expect(diagnostics[0]?.message).toBe('"auth" of z.io is not base64');
  expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
});
