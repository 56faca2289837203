import { kinds, toCustomResourceDefinition } from '@pullpath/api';
import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { kubernetesOrSkip, startControlPlane } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { hostedClusters } from '../../src/index.ts';
import { startServiceOn } from '../service/start-service.ts';

const definitions: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const mirrors = '/api/clusters_mgmt/v1/clusters/c1/image_mirrors';
const place = { namespace: 'clusters', name: 'c1' };

test('the service on a real API server', { timeout: 120_000 }, async (context) => {
  const plane = await startControlPlane(kubernetesOrSkip(context));
  onTestFinished(() => plane.stop());
  const client = connect(await loadConnection({ path: plane.kubeconfig }));
  onTestFinished(() => client.close());
  await install(client);
  const { ask, seed, read, reports } = startServiceOn(client, { debounceMs: 1000 });
  await seed('c1');

  // Parallel writes, each against the newest state.
  const sources = Array.from({ length: 20 }, (_, at) => `s.io/${at}`);
  const made = await Promise.all(
    sources.map((source) => ask('POST', mirrors, { body: { source, mirrors: ['m.io/x'] } })),
  );
  expect(made.map(({ status }) => status)).toEqual(sources.map(() => 201));
  expect((await read('c1')).spec?.imageContentSources?.map(({ source }) => source).sort()).toEqual(sources.toSorted());
  expect((await read('c1')).spec?.pausedUntil).toBeDefined();

  // What someone else writes is seen.
  const { id } = made[0]?.json ?? {};
  const [first, ...rest] = (await read('c1')).spec?.imageContentSources ?? [];
  const edited = [{ ...first, mirrors: ['by.kubectl/x'] }, ...rest];
  await client.patch(
    hostedClusters,
    place,
    'merge',
    { spec: { imageContentSources: edited } },
    { fieldManager: 'kubectl' },
  );
  const changed = (await ask('GET', mirrors, { query: { search: `source = '${first?.source}'` } })).json;
  expect(changed).toMatchObject({ items: [{ mirrors: ['by.kubectl/x'] }] });

  // Edits, registry configuration, and removal of the last mirror.
  expect((await ask('PATCH', `${mirrors}/${String(id)}`, { body: { mirrors: ['n.io/x'] } })).status).toBe(200);
  const allowed = await ask('PATCH', '/api/clusters_mgmt/v1/clusters/c1', {
    body: { registry_config: { registry_sources: { allowed_registries: ['quay.io'], insecure_registries: ['a.io'] } } },
  });
  expect(allowed.status).toBe(200);
  for (const { json } of made) expect((await ask('DELETE', `${mirrors}/${String(json['id'])}`)).status).toBe(204);
  expect((await read('c1')).spec).not.toHaveProperty('imageContentSources');

  // A cluster of the API's own, and its end.
  const { json: cluster } = await ask('POST', '/api/clusters_mgmt/v1/clusters', { body: { name: 'fresh' } });
  expect((await ask('DELETE', `/api/clusters_mgmt/v1/clusters/${String(cluster['id'])}`)).status).toBe(204);
  expect((await ask('GET', `/api/clusters_mgmt/v1/clusters/${String(cluster['id'])}`)).status).toBe(404);
  expect(reports).toEqual([]);
});

async function install(client: KubeClient): Promise<void> {
  await client.create(namespaces, { metadata: { name: 'clusters' } });
  const wanted = kinds.filter(({ group }) => group === 'hypershift.openshift.io');
  for (const kind of wanted)
    await client.create(definitions, toCustomResourceDefinition(kind) as unknown as KubeObject);
  for (const { group, version, plural } of wanted)
    await expect
      .poll(() => client.raw(`/apis/${group}/${version}/${plural}`).then(Boolean, () => false), { timeout: 20_000 })
      .toBe(true);
}
