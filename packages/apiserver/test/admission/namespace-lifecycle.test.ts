import { expect, test } from 'vitest';
import { object, refusal, startCluster } from '../start-cluster.ts';

test('nothing is made in a namespace that is not there', async () => {
  const { create } = await startCluster();
  expect(await refusal(create(object('v1', 'ConfigMap', 'c', { metadata: { namespace: 'none' } })))).toMatchObject({
    code: 404,
    message: 'namespaces "none" not found',
    details: { name: 'none', kind: 'namespaces' },
  });
});

test('nothing is made in a namespace that is going', async () => {
  const { create, remove } = await startCluster();
  const namespace = await create(object('v1', 'Namespace', 'n'));
  await create(object('v1', 'ConfigMap', 'held', { metadata: { namespace: 'n', finalizers: ['example.com/hold'] } }));
  await remove(namespace);
  expect(await refusal(create(object('v1', 'ConfigMap', 'late', { metadata: { namespace: 'n' } })))).toMatchObject({
    code: 403,
    message:
      'configmaps "late" is forbidden: unable to create new content in namespace n because it is being terminated',
    details: {
      causes: [
        { reason: 'NamespaceTerminating', message: 'namespace n is being terminated', field: 'metadata.namespace' },
      ],
    },
  });
});

test.each(['default', 'kube-public', 'kube-system'])('the namespace %s stays', async (name) => {
  const { remove } = await startCluster();
  expect((await refusal(remove(object('v1', 'Namespace', name)))).message).toBe(
    `namespaces "${name}" is forbidden: this namespace may not be deleted`,
  );
});
