import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTree } from '../../src/output/write-tree.ts';
import { filesBelow, folderWith } from '../run-cli.ts';

const file = (path: string, contents: string, mode = 0o644) => ({ path, contents, mode });

test('hundreds of files in as many folders are written with their exact bits, and each is told', async () => {
  const root = folderWith({});
  const files = Array.from({ length: 300 }, (_, at) => file(`/etc/certs.d/r${at}.io/hosts.toml`, `# ${at}\n`, 0o666));
  const told: string[] = [];
  await writeTree(join(root, 'tree'), files, (path) => told.push(path));
  expect(filesBelow(join(root, 'tree'))).toEqual(
    Object.fromEntries(files.map(({ path, contents }) => [path.slice(1), contents])),
  );
  expect(told).toEqual(files.map(({ path }) => join(root, 'tree', path)));
  expect(statSync(told[0] ?? '').mode & 0o777).toBe(0o666);
});

test('where one file cannot be written, no other is replaced and nothing is left beside them', async () => {
  const before = { 'etc/a.conf': 'old\n', 'etc/taken': 'a file where a folder belongs\n' };
  const root = folderWith(before);
  const files = [file('/etc/a.conf', 'new\n'), file('/etc/taken/b.conf', 'new\n')];
  await expect(writeTree(root, files, () => {})).rejects.toMatchObject({ code: 'file-unwritable' });
  expect(filesBelow(root)).toEqual(before);
});

test('a failure while the files are written leaves the old ones and no half of a new one', async () => {
  const long = 'x'.repeat(250);
  const root = folderWith({ 'etc/a.conf': 'old\n' });
  const files = [file('/etc/a.conf', 'new\n'), file(`/etc/${long}`, 'its temporary name is too long\n')];
  await expect(writeTree(root, files, () => {})).rejects.toMatchObject({ code: 'file-unwritable' });
  expect(filesBelow(root)).toEqual({ 'etc/a.conf': 'old\n' });
});

test('through a symbolic link the file behind it is replaced', async () => {
  const root = folderWith({ 'real.conf': 'old\n' });
  symlinkSync('real.conf', join(root, 'linked.conf'));
  await writeTree(root, [file('/linked.conf', 'new\n')], () => {});
  expect(readFileSync(join(root, 'real.conf'), 'utf8')).toBe('new\n');
});
