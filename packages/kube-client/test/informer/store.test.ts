import { expect, test } from 'vitest';
import { type Change, type ConfigMap, ObjectStore, withoutManagedFields } from '../../src/index.ts';

const named = (name: string, version: string, uid = `uid-${name}`, data: Record<string, string> = {}): ConfigMap => ({
  metadata: { namespace: 'n', name, uid, resourceVersion: version },
  data,
});

function storeOf(): { store: ObjectStore<ConfigMap>; changes: Change<ConfigMap>[] } {
  const changes: Change<ConfigMap>[] = [];
  const indexes = { key: ({ data }: ConfigMap) => Object.keys(data ?? {}) };
  const store = new ObjectStore<ConfigMap>({ indexes, report: (error) => expect.fail(String(error)) });
  store.onChange((change) => void changes.push(change));
  return { store, changes };
}

test('changes come with the state before them', () => {
  const { store, changes } = storeOf();
  const [one, two] = [named('a', '1'), named('a', '2')];
  store.put(one);
  store.put(two);
  store.remove(named('a', '3'));
  expect(changes).toEqual([
    { type: 'added', object: one, cause: 'watch' },
    { type: 'updated', old: one, object: two, cause: 'watch' },
    { type: 'deleted', object: named('a', '3'), finalStateUnknown: false, cause: 'watch' },
  ]);
});

test('the same version again is no change', () => {
  const { store, changes } = storeOf();
  store.put(named('a', '1'));
  store.put(named('a', '1'));
  expect(changes).toHaveLength(1);
});

test('a list tells what changed, came and went, and spares what did not', () => {
  const { store, changes } = storeOf();
  store.replace([named('a', '1'), named('b', '2'), named('c', '3')]);
  changes.length = 0;
  store.replace([named('b', '5'), named('c', '3'), named('d', '6')]);
  expect(changes.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
    'deleted a',
    'updated b',
    'added d',
  ]);
  expect(changes[0]).toMatchObject({ finalStateUnknown: true, cause: 'relist' });
});

test('another object under the same name is a deletion and an addition', () => {
  const { store, changes } = storeOf();
  store.put(named('a', '1', 'first'));
  store.replace([named('a', '9', 'second')]);
  expect(changes.map(({ type, object }) => `${type} ${object.metadata.uid}`)).toEqual([
    'added first',
    'deleted first',
    'added second',
  ]);
});

test('an index follows its objects and forgets values that nobody has', () => {
  const { store } = storeOf();
  store.put(named('a', '1', 'a', { red: '' }));
  store.put(named('b', '2', 'b', { red: '', blue: '' }));
  expect(store.byIndex('key', 'red').map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  store.put(named('a', '3', 'a', { blue: '' }));
  store.remove(named('b', '4', 'b'));
  expect(store.byIndex('key', 'red')).toEqual([]);
  expect(store.indexValues('key')).toEqual(['blue']);
});

test('names like __proto__ are keys like any other', () => {
  const { store } = storeOf();
  store.put(named('__proto__', '1', 'p', JSON.parse('{"__proto__":"x","constructor":"y"}')));
  expect(store.get('n/__proto__')?.metadata.uid).toBe('p');
  expect(store.byIndex('key', '__proto__')).toHaveLength(1);
});

test('who comes later is told of what there is', () => {
  const { store } = storeOf();
  store.put(named('a', '1'));
  const late: string[] = [];
  const end = store.onChange(({ type }) => void late.push(type));
  end();
  store.put(named('b', '2'));
  expect(late).toEqual(['added']);
});

test('a handler that throws is reported and spares the others', () => {
  const reports: string[] = [];
  const store = new ObjectStore<ConfigMap>({
    report: (error, doing) => void reports.push(`${doing}: ${String(error)}`),
  });
  store.onChange(() => {
    throw new Error('broken');
  });
  const seen: string[] = [];
  store.onChange(({ type }) => void seen.push(type));
  store.put(named('a', '1'));
  expect(reports).toEqual(['handle that n/a was added: Error: broken']);
  expect(seen).toEqual(['added']);
});

test('a resync delivers everything without a difference', () => {
  const { store, changes } = storeOf();
  store.put(named('a', '1'));
  store.resync();
  expect(changes.at(-1)).toMatchObject({ type: 'updated', cause: 'resync' });
});

test('managedFields are cut off, and nothing else', () => {
  const object = { ...named('a', '1'), metadata: { name: 'a', managedFields: [{}], labels: { l: 'v' } } };
  expect(withoutManagedFields(object).metadata).toEqual({ name: 'a', labels: { l: 'v' } });
});
