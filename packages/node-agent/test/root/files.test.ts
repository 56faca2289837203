import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { largestFile } from '../../src/config/contents.ts';
import { readFile, removeFile, removeLeftover, replaceFile } from '../../src/root/files.ts';
import { openRoot } from '../../src/root/node-root.ts';
import { temporaryDirectory } from '../start.ts';

const contents = Buffer.from('new');
const path = '/etc/a/b';

function newRoot(): { root: ReturnType<typeof openRoot>; at: (path: string) => string } {
  const root = openRoot(temporaryDirectory());
  return { root, at: (of) => join(root.directory, of) };
}

test.each([true, false])('a file is written with its mode and missing directories (durable: %s)', (durable) => {
  const root = openRoot(temporaryDirectory(), durable);
  expect(replaceFile(root, { path, mode: 0o640, contents })).toEqual(['/etc', '/etc/a']);
  expect(replaceFile(root, { path, mode: 0o4755, contents })).toEqual([]);
  expect(statSync(join(root.directory, path)).mode & 0o7777).toBe(0o4755);
  expect(readFile(root, path)).toMatchObject({ path, mode: 0o4755, contents });
  expect(readdirSync(join(root.directory, '/etc/a'))).toEqual(['b']);
});

test('a file that is not there reads as none, and may be removed again', () => {
  const { root } = newRoot();
  expect(readFile(root, path)).toBeUndefined();
  removeFile(root, path);
  replaceFile(root, { path, mode: 0o644, contents });
  removeFile(root, path);
  expect(readFile(root, path)).toBeUndefined();
});

test('a symbolic link in the place of a file is neither followed nor removed', () => {
  const { root, at } = newRoot();
  mkdirSync(at('/etc/a'), { recursive: true });
  writeFileSync(at('/etc/secret'), 'secret');
  symlinkSync('../secret', at(path));
  for (const touch of [
    () => readFile(root, path),
    () => replaceFile(root, { path, mode: 0o644, contents }),
    () => removeFile(root, path),
  ])
    expect(touch).toThrow(/\/etc\/a\/b is not touched/);
  expect(readFileSync(at('/etc/secret'), 'utf8')).toBe('secret');
  expect(readlinkSync(at(path))).toBe('../secret');
});

test('a symbolic link on the way to a file is not followed', () => {
  const { root, at } = newRoot();
  const elsewhere = temporaryDirectory();
  mkdirSync(at('/etc'));
  symlinkSync(elsewhere, at('/etc/a'));
  for (const touch of [
    () => readFile(root, path),
    () => replaceFile(root, { path, mode: 0o644, contents }),
    () => removeFile(root, path),
    () => removeLeftover(root, path),
  ])
    expect(touch).toThrow('/etc/a is a symbolic link');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('a link with the name of the temporary file is replaced, not followed', () => {
  const { root, at } = newRoot();
  mkdirSync(at('/etc/a'), { recursive: true });
  const victim = join(temporaryDirectory(), 'victim');
  writeFileSync(victim, 'victim');
  symlinkSync(victim, at('/etc/a/.b.pullpath-new'));
  replaceFile(root, { path, mode: 0o644, contents });
  expect(readFileSync(victim, 'utf8')).toBe('victim');
  expect(readdirSync(at('/etc/a'))).toEqual(['b']);
});

test('a directory, a socket and a file that is too large are refused', async () => {
  const { root, at } = newRoot();
  mkdirSync(at('/etc/directory'), { recursive: true });
  await listening(at('/etc/socket'));
  writeFileSync(at('/etc/large'), Buffer.alloc(largestFile + 1));
  expect(() => readFile(root, '/etc/directory')).toThrow('no plain file');
  expect(() => readFile(root, '/etc/socket')).toThrow('no plain file');
  expect(() => replaceFile(root, { path: '/etc/socket', mode: 0o644, contents })).toThrow('plain file');
  expect(() => readFile(root, '/etc/large')).toThrow('larger than');
  expect(() => readFile(root, '/etc/large/below')).toThrow('/etc/large is no directory');
});

test.each(['../a', '/../a', '/etc/./a', 'etc/a', '/var/lib/pullpath/x'])('%s is no path of a node', (wrong) => {
  const { root, at } = newRoot();
  expect(() => replaceFile(root, { path: wrong, mode: 0o644, contents })).toThrow('is not touched');
  expect(existsSync(at('/var'))).toBe(false);
});

test('a write that fails leaves the old file and nothing beside it', () => {
  const { root, at } = newRoot();
  replaceFile(root, { path, mode: 0o644, contents: Buffer.from('old') });
  const impossible = { length: 3 } as Buffer;
  expect(() => replaceFile(root, { path, mode: 0o644, contents: impossible })).toThrow();
  expect(readFileSync(at(path), 'utf8')).toBe('old');
  expect(readdirSync(at('/etc/a'))).toEqual(['b']);
});

async function listening(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
}
