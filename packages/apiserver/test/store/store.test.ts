import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Store, type StoreOptions } from '../../src/index.ts';

let directory: string;
const stores: Store[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pullpath-store-'));
});

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(directory, { recursive: true });
});

function open(options: Partial<StoreOptions> = {}): Store {
  const store = Store.open({ directory, ...options });
  stores.push(store);
  return store;
}

const put = (value: unknown) => () => ({ metadata: {}, value });
const values = (records: readonly { object: Readonly<Record<string, unknown>> }[] | undefined) =>
  records?.map(({ object }) => object['value']);

test('a write is visible, numbered and stamped once it is durable', async () => {
  const store = open();
  const writing = store.write('c', 'a', put(1));
  expect(store.get('c', 'a')).toBeUndefined();
  const record = await writing;
  expect(store.get('c', 'a')).toBe(record);
  expect(record).toMatchObject({ revision: 1, object: { value: 1, metadata: { resourceVersion: '1' } } });
  expect(JSON.parse(record!.bytes.toString())).toEqual(record!.object);
});

test('writes of one turn see each other and share the order of their revisions', async () => {
  const store = open();
  const seen: unknown[] = [];
  await Promise.all([
    store.write('c', 'a', put('first')),
    store.write('c', 'a', (current) => {
      seen.push(current?.object['value']);
      return { metadata: {}, value: 'second' };
    }),
  ]);
  expect(seen).toEqual(['first']);
  expect(store.get('c', 'a')).toMatchObject({ revision: 2, object: { value: 'second' } });
});

test('a change that throws or keeps leaves revision and state alone', async () => {
  const store = open();
  await store.write('c', 'a', put(1));
  await expect(
    store.write('c', 'a', () => {
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  expect(await store.write('c', 'a', () => 'keep')).toMatchObject({ revision: 1 });
  expect(await store.write('c', 'missing', () => 'delete')).toBeUndefined();
  expect(store.revision).toBe(1);
});

test('keeping a state that is on its way waits until it is durable', async () => {
  const store = open();
  const first = store.write('c', 'a', put(1));
  const second = store.write('c', 'a', () => 'keep');
  expect(await second).toBe(await first);
  expect(store.revision).toBe(1);
});

test('listeners hear changes in order, with the state before and the revision of a deletion', async () => {
  const store = open();
  const events: unknown[] = [];
  const stop = store.subscribe('c', ({ type, record, previous }) =>
    events.push([type, record.revision, previous?.revision, record.object['value']]),
  );
  await store.write('c', 'a', put(1));
  await store.write('other', 'a', put(9));
  await store.write('c', 'a', put(2));
  await store.write('c', 'a', () => 'delete');
  stop();
  await store.write('c', 'a', put(3));
  expect(events).toEqual([
    ['ADDED', 1, undefined, 1],
    ['MODIFIED', 3, 1, 2],
    ['DELETED', 4, 3, 2],
  ]);
});

test('everything survives a restart, and revisions go on from where they were', async () => {
  const store = open();
  await store.write('c', 'b', put('b'));
  await store.write('c', 'a', put('a'));
  await store.write('c', 'b', () => 'delete');
  store.close();
  const again = open();
  expect(values(again.list('c'))).toEqual(['a']);
  expect(again.since('c', 1)?.map(({ type, record }) => [type, record.revision])).toEqual([
    ['ADDED', 2],
    ['DELETED', 3],
  ]);
  expect(await again.write('c', 'z', put('z'))).toMatchObject({ revision: 4 });
});

test('lists are in key order and can be taken at an earlier revision', async () => {
  const store = open();
  await store.write('c', 'n/b', put('b1'));
  await store.write('c', 'n/a', put('a1'));
  await store.write('c', 'm/x', put('x1'));
  await store.write('c', 'n/b', put('b2'));
  await store.write('c', 'n/a', () => 'delete');
  expect(values(store.list('c', 'n/'))).toEqual(['b2']);
  expect(values(store.listAt('c', 3, 'n/'))).toEqual(['a1', 'b1']);
  expect(values(store.listAt('c', 1))).toEqual(['b1']);
  expect(values(store.listAt('c', 0))).toEqual([]);
});

test('the past is bounded: what was dropped is said to be too old', async () => {
  const store = open({ history: { events: 3 } });
  for (let value = 1; value <= 5; value++) await store.write('c', 'a', put(value));
  expect(store.since('c', 1)).toBeUndefined();
  expect(store.since('c', 2)?.map(({ record }) => record.revision)).toEqual([3, 4, 5]);
  expect(store.listAt('c', 1)).toBeUndefined();
});

test('volatile collections keep their state but not their past across a restart', async () => {
  const options = { isVolatile: (collection: string) => collection === 'leases' };
  const store = open(options);
  await store.write('leases', 'a', put(1));
  await store.write('c', 'a', put(1));
  store.close();
  const again = open(options);
  expect(values(again.list('leases'))).toEqual([1]);
  expect(again.since('leases', 1)).toBeUndefined();
  expect(again.since('leases', 2)).toEqual([]);
});

test('secret collections are sealed on disk and the key file is private', async () => {
  const options = { isSecret: (collection: string) => collection === 'secrets' };
  const store = open(options);
  await store.write('secrets', 'a', put('hunter2'));
  store.close();
  expect(statSync(join(directory, 'encryption.key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'state.db')).mode & 0o777).toBe(0o600);
  expect((await import('node:fs')).readFileSync(join(directory, 'state.db')).includes('hunter2')).toBe(false);
  expect(values(open(options).list('secrets'))).toEqual(['hunter2']);
});

test('a second process is told that the directory is in use', () => {
  open();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'store-in-use' }));
});

test('a damaged file and a wrong key are refused with what to do', async () => {
  const store = open({ isSecret: () => true });
  await store.write('c', 'a', put(1));
  store.close();
  writeFileSync(join(directory, 'encryption.key'), Buffer.alloc(32, 7));
  expect(() => open({ isSecret: () => true })).toThrow(expect.objectContaining({ code: 'store-key-wrong' }));
  writeFileSync(join(directory, 'state.db'), Buffer.alloc(8192, 0x5a));
  expect(() => open()).toThrow(
    expect.objectContaining({ code: 'store-damaged', hint: expect.stringContaining('restore') }),
  );
});

test('a backup taken in use opens as a store of its own', async () => {
  const store = open();
  await store.write('c', 'a', put(1));
  const target = mkdtempSync(join(tmpdir(), 'pullpath-backup-'));
  store.backup(join(target, 'state.db'));
  await store.write('c', 'a', put(2));
  const copy = Store.open({ directory: target });
  expect(values(copy.list('c'))).toEqual([1]);
  copy.close();
  rmSync(target, { recursive: true });
});
