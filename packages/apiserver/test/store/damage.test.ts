import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { seeded } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { restoreStore, Store } from '../../src/index.ts';

const isSecret = (collection: string): boolean => collection === 'secrets';
const pageSize = 4096;

interface Damaged {
  readonly directory: string;
  readonly file: string;
  readonly log: string;
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-damage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** The files of a store as a killed process leaves them: the newest commits are in the write-ahead log alone. */
async function filled(count = 200): Promise<Damaged> {
  const source = newDirectory();
  const before = Store.open({ directory: source, isSecret });
  for (let index = 0; index < count; index++) await before.write('c', `a${index}`, () => objectOf(index));
  await before.write('secrets', 's', () => objectOf(1));
  before.close();
  const running = Store.open({ directory: source, isSecret });
  for (let index = 0; index < 20; index++) await running.write('c', `b${index}`, () => objectOf(index));
  const directory = newDirectory();
  for (const name of ['state.db', 'state.db-wal', 'encryption.key'])
    copyFileSync(join(source, name), join(directory, name));
  running.close();
  return { directory, file: join(directory, 'state.db'), log: join(directory, 'state.db-wal') };
}

const objectOf = (index: number) => ({ metadata: {}, text: `hunter2 ${index} ${'x'.repeat(index * 40)}` });

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** What opening says, undefined when it opens. */
function refusal({ directory }: Damaged): CodedError | undefined {
  try {
    Store.open({ directory, isSecret }).close();
    return undefined;
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

function contentsOf({ directory }: Damaged): readonly unknown[] {
  const store = Store.open({ directory, isSecret });
  const objects = ['c', 'secrets'].flatMap((collection) => store.list(collection).map(({ object }) => object));
  store.close();
  return objects;
}

function expectDamaged(damaged: Damaged): void {
  const error = refusal(damaged);
  expect(error).toMatchObject({ code: 'store-damaged', message: expect.stringContaining(damaged.file) });
  expect(error?.hint).toContain(`pullpath restore FILE --data-dir ${damaged.directory}`);
  expect(`${error?.message} ${String(error?.cause)}`).not.toContain('hunter2');
}

test('what a killed process leaves opens with everything', async () => {
  const { directory } = await filled();
  const store = Store.open({ directory, isSecret });
  expect([store.list('c').length, store.revision]).toEqual([220, 221]);
  store.close();
});

test.each([1, 2, 3, 4, 5])('a file that was cut short is refused (%i)', async (seed) => {
  const damaged = await filled();
  rmSync(damaged.log);
  truncateSync(damaged.file, seeded(seed).below(statSync(damaged.file).size));
  expectDamaged(damaged);
});

test.each(Array.from({ length: 20 }, (_, seed) => seed))('a page of nonsense is refused (%i)', async (seed) => {
  const damaged = await filled();
  const random = seeded(seed);
  const page = random.below(statSync(damaged.file).size / pageSize);
  overwrite(
    damaged.file,
    page * pageSize,
    Uint8Array.from({ length: pageSize }, () => random.below(256)),
  );
  expectDamaged(damaged);
});

test.each(Array.from({ length: 10 }, (_, seed) => seed))(
  'a page of zeros is refused, or was a copy of what is there (%i)',
  async (seed) => {
    const damaged = await filled();
    const whole = contentsOf(damaged);
    const page = seeded(seed).below(statSync(damaged.file).size / pageSize);
    overwrite(damaged.file, page * pageSize, new Uint8Array(pageSize));
    if (refusal(damaged)) expectDamaged(damaged);
    else expect(contentsOf(damaged)).toEqual(whole);
  },
);

test('a write-ahead log with a hole in the middle is refused, and so is one without its header', async () => {
  const damaged = await filled();
  const whole = readFileSync(damaged.log);
  overwrite(damaged.log, 32 + 24 + 100, Buffer.alloc(64, 0xff));
  expectDamaged(damaged);
  expect(refusal(damaged)?.message).toContain('write-ahead log');
  writeFileSync(damaged.log, whole);
  overwrite(damaged.log, 0, Buffer.alloc(32));
  expectDamaged(damaged);
  writeFileSync(damaged.log, whole);
  expect(refusal(damaged)).toBeUndefined();
});

test.each([1, 2, 3, 4, 5, 6])(
  'a torn end of the write-ahead log costs what was being written, and nothing before it (%i)',
  async (seed) => {
    const damaged = await filled();
    truncateSync(damaged.log, seeded(seed).below(statSync(damaged.log).size));
    const store = Store.open({ directory: damaged.directory, isSecret });
    const names = store.list('c').map(({ key }) => key);
    const kept = names.filter((name) => name.startsWith('b')).length;
    expect(names.filter((name) => name.startsWith('a'))).toHaveLength(200);
    expect([kept, store.revision]).toEqual([store.revision - 201, 201 + kept]);
    store.close();
  },
);

test('an empty file, and one of another kind, are refused', async () => {
  const damaged = await filled();
  rmSync(damaged.log);
  writeFileSync(damaged.file, '');
  expectDamaged(damaged);
  writeFileSync(damaged.file, 'apiVersion: v1\nkind: ConfigMap\n'.repeat(400));
  expectDamaged(damaged);
});

test('a start that was killed before it wrote anything is no damage', () => {
  const directory = newDirectory();
  writeFileSync(join(directory, 'state.db'), '');
  Store.open({ directory }).close();
});

test('a key that is wrong, cut short or gone is named, and none is made in its place', async () => {
  const damaged = await filled(1);
  const key = join(damaged.directory, 'encryption.key');
  const whole = readFileSync(key);
  for (const bytes of [Buffer.alloc(32, 7), whole.subarray(0, 31), undefined]) {
    rmSync(key, { force: true });
    if (bytes) writeFileSync(key, bytes);
    const error = refusal(damaged);
    expect(error).toMatchObject({ code: 'store-key-wrong', message: expect.stringContaining(key) });
    expect(error?.hint).toContain(`pullpath restore FILE --data-dir ${damaged.directory}`);
  }
  expect(() => statSync(key)).toThrow('ENOENT');
  writeFileSync(key, whole);
  expect(refusal(damaged)).toBeUndefined();
});

test('a damaged state is replaced by a backup, whatever is wrong with it', async () => {
  const damaged = await filled();
  const store = Store.open({ directory: damaged.directory, isSecret });
  const backup = join(newDirectory(), 'backup.db');
  store.backup(backup);
  store.close();
  truncateSync(damaged.file, 5000);
  expectDamaged(damaged);
  restoreStore(backup, damaged.directory);
  const again = Store.open({ directory: damaged.directory, isSecret });
  expect([again.list('c').length, again.list('secrets').length]).toEqual([220, 1]);
  again.close();
});
