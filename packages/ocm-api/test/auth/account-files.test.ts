import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSecret, openAuthDirectory } from '../../src/index.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-ocm-auth-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test('key and accounts are the same for whoever opens the directory, and for its owner alone', async () => {
  const directory = folder();
  const first = openAuthDirectory(directory);
  const { secret, secretDigest } = createSecret();
  first.save({ clientId: 'svc-1', name: 'robot', secretDigest });
  const second = openAuthDirectory(directory);
  expect(second.key.id).toBe(first.key.id);
  expect(await second.find('svc-1')).toEqual({ clientId: 'svc-1', name: 'robot', secretDigest });
  expect(readFileSync(join(directory, 'accounts/svc-1.json'), 'utf8')).not.toContain(secret);
  for (const path of ['signing.key', 'accounts/svc-1.json'])
    expect(statSync(join(directory, path)).mode & 0o777).toBe(0o600);
});

test('a client id leads to no other file', async () => {
  const directory = folder();
  const accounts = openAuthDirectory(directory);
  writeFileSync(join(directory, 'secret.json'), '{"clientId":"x"}');
  for (const id of ['../secret', '../../etc/passwd', '', '.', 'A', 'x'.repeat(200), 'svc\0'])
    expect(await accounts.find(id)).toBeUndefined();
});

test('a key that is none is told with its path', () => {
  const directory = folder();
  writeFileSync(join(directory, 'signing.key'), 'nonsense');
  expect(() => openAuthDirectory(directory)).toThrow(`cannot use ${directory}`);
});
