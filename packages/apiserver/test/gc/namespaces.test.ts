import { expect, test } from 'vitest';
import { metadataOf } from '../../src/rest/metadata.ts';
import { object, startCluster } from '../start-cluster.ts';

test('a namespace goes with all that is in it', async () => {
  const { create, remove, find, controllers } = await startCluster();
  const namespace = await create(object('v1', 'Namespace', 'n'));
  const metadata = { namespace: 'n' };
  await create(object('v1', 'ConfigMap', 'c', { metadata }));
  await create(object('coordination.k8s.io/v1', 'Lease', 'l', { metadata }));
  const { gone, object: going } = await remove(namespace);
  expect([gone, going['status']]).toEqual([false, { phase: 'Terminating' }]);
  await controllers.settled();
  expect(find('Namespace', '', 'n')).toBeUndefined();
  expect(find('ConfigMap', 'n', 'c') ?? find('Lease', 'n', 'l')).toBeUndefined();
});

test('a namespace says what keeps it', async () => {
  const { create, remove, update, find, controllers } = await startCluster();
  const namespace = await create(object('v1', 'Namespace', 'n'));
  const metadata = { namespace: 'n', finalizers: ['example.com/hold'] };
  const held = await create(object('v1', 'ConfigMap', 'c', { metadata }));
  await remove(namespace);
  await controllers.settled();
  expect(find('Namespace', '', 'n')).toMatchObject({
    status: {
      phase: 'Terminating',
      conditions: expect.arrayContaining([
        expect.objectContaining({
          type: 'NamespaceContentRemaining',
          status: 'True',
          message: 'Some resources are remaining: configmaps. has 1 resource instances',
        }),
        expect.objectContaining({
          type: 'NamespaceFinalizersRemaining',
          message: 'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
        }),
      ]),
    },
  });
  await update(held, (old) => ({ ...old, metadata: { ...metadataOf(old), finalizers: [] } }));
  await controllers.settled();
  expect(find('Namespace', '', 'n')).toBeUndefined();
});

test('a namespace with finalizers of others waits for them', async () => {
  const { create, remove, call, find, controllers } = await startCluster();
  const namespace = await create(object('v1', 'Namespace', 'n', { spec: { finalizers: ['example.com/x'] } }));
  await remove(namespace);
  await controllers.settled();
  expect(find('Namespace', '', 'n')).toMatchObject({ spec: { finalizers: ['example.com/x'] } });
  await call('namespaces/finalize', { name: 'n' }, object('v1', 'Namespace', 'n', { spec: {} }));
  expect(find('Namespace', '', 'n')).toBeUndefined();
});
