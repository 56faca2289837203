import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { dataUrl } from '@pullpath/pull-config';
import { expect, test } from 'vitest';
import { largestFile } from '../../src/config/contents.ts';
import { readIgnition } from '../../src/config/ignition-files.ts';

function ignition(parts: object): object {
  return { ignition: { version: '3.5.0' }, ...parts };
}

function oneFile(entry: object): ReturnType<typeof readIgnition> {
  return readIgnition(ignition({ storage: { files: [{ path: '/etc/a', ...entry }] } }));
}

test('files come sorted, with the mode that is asked for or 0644', () => {
  const files = [
    { path: '/etc/b', mode: 0o600, contents: { source: dataUrl('b') } },
    { path: '/etc/a', contents: { source: 'data:,a%0A' } },
  ];
  expect(readIgnition(ignition({ storage: { files } }))).toEqual({
    files: [
      { path: '/etc/a', mode: 0o644, contents: Buffer.from('a\n') },
      { path: '/etc/b', mode: 0o600, contents: Buffer.from('b') },
    ],
    unapplied: [],
    faults: [],
  });
});

test('contents may be packed, appended to and checked by their hash', () => {
  const source = `data:;base64,${gzipSync('packed').toString('base64')}`;
  const hash = `sha256-${createHash('sha256').update('packed').digest('hex')}`;
  const contents = { source, compression: 'gzip', verification: { hash } };
  const { files, faults } = oneFile({ contents, append: [{ source: 'data:,+more' }] });
  expect(faults).toEqual([]);
  expect(files[0]?.contents.toString()).toBe('packed+more');
});

test('bytes that are no text are kept', () => {
  expect(oneFile({ contents: { source: 'data:;base64,/wD+' } }).files[0]?.contents).toEqual(Buffer.of(0xff, 0, 0xfe));
});

test.each([
  ['a relative path', { path: 'etc/a' }, 'not absolute'],
  ['a path that climbs', { path: '/etc/../root/a' }, 'through . or ..'],
  ['a path with a double slash', { path: '/etc//a' }, 'doubles'],
  ['a path with a zero byte', { path: '/etc/a\0b' }, 'zero byte'],
  ['the records of the agent', { path: '/var/lib/pullpath/state.json' }, 'keeps its records'],
  ['contents from elsewhere', { contents: { source: 'https://example.com/a' } }, 'lie elsewhere'],
  ['a damaged data URL', { contents: { source: 'data:;base64,?' } }, 'damaged'],
  ['another compression', { contents: { source: 'data:,a', compression: 'xz' } }, 'packed with "xz"'],
  ['gzip that is none', { contents: { source: 'data:,a', compression: 'gzip' } }, 'does not unpack'],
  ['another hash', { contents: { source: 'data:,a', verification: { hash: `sha256-${'0'.repeat(64)}` } } }, 'the hash'],
  ['an unknown hash', { contents: { source: 'data:,a', verification: { hash: 'md5-0' } } }, 'unknown'],
])('%s makes the document unusable', (_, entry, reason) => {
  const { files, faults } = oneFile(entry);
  expect(files).toEqual([]);
  expect(faults).toEqual([expect.stringContaining(reason)]);
});

test('a small packed file that is huge unpacked is refused', () => {
  const source = `data:;base64,${gzipSync(Buffer.alloc(largestFile + 1)).toString('base64')}`;
  expect(oneFile({ contents: { source, compression: 'gzip' } }).faults).toEqual([expect.stringContaining('unpack')]);
});

test('what an agent does not do is named', () => {
  const document = ignition({
    systemd: { units: [{ name: 'chronyd.service' }] },
    passwd: { users: [{ name: 'core' }] },
    storage: {
      files: [{ path: '/etc/a', user: { name: 'chrony' }, group: { id: 7 } }],
      links: [{ path: '/etc/b', target: 'a' }],
    },
    kernelArguments: { shouldExist: ['quiet'] },
  });
  expect(readIgnition(document)).toMatchObject({
    files: [{ path: '/etc/a', owner: { uid: 0, gid: 7 } }],
    unapplied: [
      'owner chrony of /etc/a',
      'unit chronyd.service',
      'user core',
      'storage.links',
      'kernelArguments.shouldExist',
    ],
  });
});

test.each(['2.2.0', '4.0.0', undefined])('Ignition %s is not read', (version) => {
  expect(readIgnition({ ignition: { version } }).faults).toEqual([expect.stringContaining('is not 3.x')]);
});
