import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServerStore } from '@pullpath/apiserver';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { pullpath } from './run-cli.ts';

/** A data directory with a Secret in it, and a backup of it elsewhere. */
async function filled(): Promise<{ data: string; file: string; backup: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-damaged-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const data = join(directory, 'data');
  const store = openServerStore(data);
  await store.write('root//secrets', 'default/s', () => ({ metadata: {}, data: { key: 'aHVudGVyMg==' } }));
  store.backup(join(directory, 'backup.db'));
  store.close();
  return { data, file: join(data, 'state.db'), backup: join(directory, 'backup.db') };
}

beforeAll(() => void pullpath(['version']), 120_000);

test.each([
  ['cut short', 'state.db', (file: string) => truncateSync(file, 6000)],
  ['emptied', 'state.db', (file: string) => truncateSync(file, 0)],
  ['another file', 'state.db', (file: string) => writeFileSync(file, 'no database '.repeat(1000))],
  ['another key', 'encryption.key', (file: string) => writeFileSync(file, Buffer.alloc(32, 7))],
])('a state that is %s ends a start with 3, the file and the command that helps', async (_, name, damage) => {
  const { data, backup } = await filled();
  damage(join(data, name));
  const { status, stdout, stderr } = pullpath(['serve', '--data-dir', data]);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toContain(join(data, name));
  expect(stderr).toContain(`pullpath restore FILE --data-dir ${data}`);
  expect(pullpath(['restore', backup, '--data-dir', data])).toMatchObject({ status: 0 });
});
