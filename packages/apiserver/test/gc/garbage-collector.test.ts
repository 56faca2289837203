import { expect, test } from 'vitest';
import type { StoredObject } from '../../src/index.ts';
import { metadataOf } from '../../src/rest/metadata.ts';
import { object, startCluster } from '../start-cluster.ts';

const configMap = (name: string, owners: object[] = [], metadata: object = {}) =>
  object('v1', 'ConfigMap', name, { metadata: { ...metadata, ownerReferences: owners } });

function ownedBy(owner: StoredObject, more: object = {}) {
  const { name, uid } = metadataOf(owner);
  return { apiVersion: 'v1', kind: String(owner['kind']), name, uid, ...more };
}

test('in the background what is owned goes after its owner, all the way down', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const owner = await create(configMap('owner'));
  const child = await create(configMap('child', [ownedBy(owner)]));
  await create(configMap('grandchild', [ownedBy(child)]));
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'grandchild')).toBeDefined();
  expect((await remove(owner)).gone).toBe(true);
  await controllers.settled();
  expect(['child', 'grandchild'].filter((name) => find('ConfigMap', 'default', name))).toEqual([]);
});

test('in the foreground the owner waits for those that block it', async () => {
  const { create, remove, update, find, controllers } = await startCluster();
  const owner = await create(configMap('owner'));
  const block = ownedBy(owner, { blockOwnerDeletion: true });
  const held = await create(configMap('held', [block], { finalizers: ['example.com/hold'] }));
  await create(configMap('free', [block]));
  const { gone, object: waiting } = await remove(owner, { propagation: 'Foreground' });
  expect([gone, metadataOf(waiting).finalizers]).toEqual([false, ['foregroundDeletion']]);
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'free')).toBeUndefined();
  expect(find('ConfigMap', 'default', 'held')).toMatchObject({ metadata: { deletionTimestamp: expect.any(String) } });
  expect(find('ConfigMap', 'default', 'owner')).toBeDefined();
  await update(held, (old) => ({ ...old, metadata: { ...metadataOf(old), finalizers: [] } }));
  await controllers.settled();
  expect(['held', 'owner'].filter((name) => find('ConfigMap', 'default', name))).toEqual([]);
});

test('orphans lose their owner and stay', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const owner = await create(configMap('owner'));
  await create(configMap('child', [ownedBy(owner)]));
  await remove(owner, { propagation: 'Orphan' });
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'owner')).toBeUndefined();
  const child = find('ConfigMap', 'default', 'child');
  expect(child && metadataOf(child)).not.toHaveProperty('ownerReferences');
});

test('an owner that never was counts as gone', async () => {
  const { create, find, controllers } = await startCluster();
  await create(configMap('child', [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'none', uid: 'u' }]));
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toBeUndefined();
});

test('an object of the same name as the owner is not the owner', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const owner = await create(configMap('owner'));
  await create(configMap('child', [ownedBy(owner)]));
  await remove(owner);
  await create(configMap('owner'));
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toBeUndefined();
});

test('one owner of two is enough to stay, and the lost one is forgotten', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const [one, two] = [await create(configMap('one')), await create(configMap('two'))];
  await create(configMap('child', [ownedBy(one), ownedBy(two)]));
  await remove(one);
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toMatchObject({ metadata: { ownerReferences: [{ name: 'two' }] } });
});

test('an owner of a kind that nobody serves keeps what it owns', async () => {
  const { create, find, controllers } = await startCluster();
  await create(configMap('child', [{ apiVersion: 'example.com/v1', kind: 'Thing', name: 't', uid: 'u' }]));
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toBeDefined();
});

test('objects without a namespace own those in one', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const node = await create(object('v1', 'Node', 'n'));
  await create(configMap('child', [ownedBy(node)]));
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toBeDefined();
  await remove(node);
  await controllers.settled();
  expect(find('ConfigMap', 'default', 'child')).toBeUndefined();
});
