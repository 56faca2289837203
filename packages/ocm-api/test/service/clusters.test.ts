import { expect, test } from 'vitest';
import { annotations } from '../../src/index.ts';
import { seedPool, setAvailable, startService } from './start-service.ts';

const clusters = '/api/clusters_mgmt/v1/clusters';

test('a HostedCluster is a cluster; its id is the one of the spec, else its uid', async () => {
  const { ask, seed } = await startService();
  await seed('c1', { name: 'prod' });
  const { metadata } = await seed('', { name: 'stage', available: false });
  expect((await ask('GET', `${clusters}/c1`)).json).toMatchObject({
    kind: 'Cluster',
    id: 'c1',
    href: `${clusters}/c1`,
    name: 'prod',
    state: 'ready',
    hypershift: { enabled: true },
    product: { id: 'rosa' },
    external_id: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect((await ask('GET', `${clusters}/${metadata.uid}`)).json).toMatchObject({ name: 'stage', state: 'pending' });
});

test('the search of rosa finds it by id, name or external id', async () => {
  const { ask, seed } = await startService();
  const { metadata } = await seed('c1', { name: 'prod' });
  for (const key of ['c1', 'prod', metadata.uid ?? '', 'nobody']) {
    const search = `product.id = 'rosa' AND (id = '${key}' OR name = '${key}' OR external_id = '${key}')`;
    const { json } = await ask('GET', clusters, { query: { search, page: '1', size: '1' } });
    expect(json).toMatchObject({ kind: 'ClusterList', total: key === 'nobody' ? 0 : 1 });
  }
});

test('a new cluster is a HostedCluster with a first NodePool, ready once its control plane is', async () => {
  const { ask, client, read } = await startService();
  const body = {
    name: 'example-hcp-cluster',
    region: { id: 'us-east-1' },
    version: { id: 'openshift-v4.15.9' },
    nodes: { compute: 3 },
    aws: { account_id: '123456789012', secret_access_key: 'hidden' },
  };
  const { status, json } = await ask('POST', clusters, { body });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    state: 'pending',
    region: { id: 'us-east-1' },
    aws: { account_id: '123456789012' },
    openshift_version: '4.15.9',
  });
  const stored = await read('example-hcp-cluster');
  expect(stored.spec).toMatchObject({
    clusterID: json['id'],
    release: { image: 'quay.io/openshift-release-dev/ocp-release:4.15.9-x86_64' },
  });
  expect(JSON.stringify(stored)).not.toContain('hidden');
  expect((await ask('GET', `${clusters}/${json['id']}/node_pools`)).json).toMatchObject({
    kind: 'NodePoolList',
    items: [{ id: 'example-hcp-cluster-workers', replicas: 3 }],
  });
  await setAvailable(client, 'example-hcp-cluster');
  expect((await ask('GET', `${clusters}/${json['id']}`)).json).toMatchObject({
    state: 'ready',
    status: { current_compute: 0 },
  });
  expect((await ask('POST', clusters, { body })).status).toBe(409);
  expect((await ask('DELETE', `${clusters}/${json['id']}`)).status).toBe(204);
  expect((await ask('GET', `${clusters}/${json['id']}`)).status).toBe(404);
});

test('a NodePool that is left of a cluster with the same name is no obstacle', async () => {
  const { ask, client } = await startService();
  await seedPool(client, 'again', 'again-workers');
  const { status, json } = await ask('POST', clusters, { body: { name: 'again' } });
  expect(status).toBe(201);
  expect((await ask('GET', `${clusters}/${json.id}/node_pools`)).json['total']).toBe(1);
});

test.each([
  [{}, "Attribute 'name' is mandatory"],
  [{ name: 'Not_a_name' }, "Attribute 'name' must be of"],
  [{ name: 'a', hypershift: { enabled: false } }, 'Only Hosted Control Plane clusters'],
  [{ name: 'a', product: { id: 'osd' } }, "Only clusters of product 'rosa'"],
  [{ name: 'a', version: { id: '4.15.9/../x' } }, "Attribute 'version.id'"],
  [{ name: 'a', nodes: { compute: -1 } }, "Attribute 'nodes.compute'"],
  [{ name: 'a', properties: { x: 'y'.repeat(70_000) } }, 'more than 65536 characters'],
])('%j makes no cluster', async (body, reason) => {
  const { ask } = await startService();
  expect(await ask('POST', clusters, { body })).toMatchObject({
    status: 400,
    json: { reason: expect.stringContaining(reason) },
  });
});

test('members that a HostedCluster has no field for are kept, and nobody sets what it tells itself', async () => {
  const { ask, seed } = await startService();
  await seed('c1');
  const { json } = await ask('PATCH', `${clusters}/c1`, {
    body: { properties: { team: 'a' }, state: 'error', id: 'other', hypershift: { enabled: false } },
  });
  expect(json).toMatchObject({ id: 'c1', state: 'ready', properties: { team: 'a' }, hypershift: { enabled: true } });
  expect((await ask('PATCH', `${clusters}/c1`, { body: { name: 'other' } })).status).toBe(400);
});

test('a new cluster has the registry configuration that it is asked to have', async () => {
  const { ask, read } = await startService();
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const registry_config = {
    registry_sources: { allowed_registries: ['quay.io'], blocked_registries: [] },
    additional_trusted_ca: { 'reg.example.com': pem },
    platform_allowlist: { id: 'pa1' },
  };
  const { json } = await ask('POST', clusters, { body: { name: 'fresh', registry_config } });
  expect(json['registry_config']).toEqual({
    registry_sources: { allowed_registries: ['quay.io'] },
    additional_trusted_ca: { 'reg.example.com': 'REDACTED' },
    platform_allowlist: { id: 'pa1' },
  });
  expect((await ask('GET', `${clusters}/${json['id']}`)).json['registry_config']).toEqual(json['registry_config']);
  expect((await read('fresh')).spec?.configuration?.image).toEqual({
    registrySources: { allowedRegistries: ['quay.io'] },
    additionalTrustedCA: { name: 'fresh-ocm-trusted-ca' },
  });
});

test('registry configuration stands in the HostedCluster; what is absent stays, null says nothing, empty empties', async () => {
  const { ask, seed, read } = await startService();
  await seed('c1');
  const patch = (registry_config: object | null) => ask('PATCH', `${clusters}/c1`, { body: { registry_config } });
  const sources = { allowed_registries: ['quay.io', '*.example.com'], insecure_registries: ['test.io:5000'] };
  const set = await patch({
    registry_sources: sources,
    allowed_registries_for_import: [{ domain_name: 'quay.io' }],
    platform_allowlist: { id: 'pa1' },
  });
  expect(set.json['registry_config']).toEqual({
    registry_sources: sources,
    allowed_registries_for_import: [{ domain_name: 'quay.io', insecure: false }],
    platform_allowlist: { id: 'pa1' },
  });
  expect((await read('c1')).spec?.configuration?.image).toEqual({
    registrySources: { allowedRegistries: ['quay.io', '*.example.com'], insecureRegistries: ['test.io:5000'] },
    allowedRegistriesForImport: [{ domainName: 'quay.io', insecure: false }],
  });
  await patch({ registry_sources: { insecure_registries: [] } });
  await patch(null);
  await patch({ registry_sources: null });
  expect((await read('c1')).spec?.configuration?.image?.registrySources).toEqual({
    allowedRegistries: ['quay.io', '*.example.com'],
  });
  expect(await patch({ registry_sources: { blocked_registries: ['bad.io'] } })).toMatchObject({
    status: 400,
    json: { reason: 'allowed registries and blocked registries are mutually exclusive fields' },
  });
  expect((await patch({ registry_sources: { allowed_registries: [], blocked_registries: ['bad.io'] } })).status).toBe(
    200,
  );
});

test('certificates are kept in a ConfigMap beside the cluster and never shown', async () => {
  const { ask, seed, client, read } = await startService();
  await seed('c1');
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const { json } = await ask('PATCH', `${clusters}/c1`, {
    body: { registry_config: { additional_trusted_ca: { 'reg.example.com:5000': pem } } },
  });
  expect(json['registry_config']).toEqual({ additional_trusted_ca: { 'reg.example.com:5000': 'REDACTED' } });
  expect((await read('c1')).spec?.configuration?.image?.additionalTrustedCA).toEqual({ name: 'c1-ocm-trusted-ca' });
  const { configMaps } = await import('@pullpath/kube-client');
  const stored = await client.get(configMaps, { namespace: 'clusters', name: 'c1-ocm-trusted-ca' });
  expect(stored.data).toEqual({ 'reg.example.com..5000': pem });
  expect(stored.metadata.ownerReferences?.[0]).toMatchObject({ kind: 'HostedCluster', name: 'c1' });
});

test.each([
  [[], 'must be an object'],
  [{ registry_sources: { allowed_registries: 'quay.io' } }, 'must be a list'],
  [{ registry_sources: { allowed_registries: ['a b'] } }, 'without blanks'],
  [{ allowed_registries_for_import: [{}] }, 'allowed_registries_for_import.domain_name'],
  [{ additional_trusted_ca: { 'a.io': 'no pem' } }, "no PEM certificate for 'a.io'"],
])('the registry configuration %j is refused', async (registry_config, reason) => {
  const { ask, seed } = await startService();
  await seed('c1');
  expect(await ask('PATCH', `${clusters}/c1`, { body: { registry_config } })).toMatchObject({
    status: 400,
    json: { reason: expect.stringContaining(reason) },
  });
});

test('registry configuration is for hosted clusters', async () => {
  const { ask, seed } = await startService();
  await seed('old', { annotations: { [annotations.cluster]: JSON.stringify({ hypershift: { enabled: false } }) } });
  expect(await ask('PATCH', `${clusters}/old`, { body: { registry_config: { registry_sources: {} } } })).toMatchObject({
    status: 400,
    json: { reason: 'setting the registry config is only supported for hosted clusters' },
  });
});

test('what the published provider asks for besides is there', async () => {
  const { ask, seed, client } = await startService();
  await seed('c1');
  await seedPool(client, 'c1', 'workers');
  expect((await ask('GET', `${clusters}/c1/control_plane/log_forwarders`)).json).toMatchObject({ total: 0, items: [] });
  expect((await ask('GET', `${clusters}/c1/delete_protection`)).json).toMatchObject({ enabled: false });
  expect((await ask('GET', `${clusters}/c1/node_pools/workers`)).json).toMatchObject({
    id: 'workers',
    replicas: 2,
    management_upgrade: { type: 'Replace' },
  });
  expect((await ask('GET', `${clusters}/c1/node_pools/nope`)).status).toBe(404);
});
