import { expect, onTestFinished, test } from 'vitest';
import { type Core, startCore } from '../support/core.ts';
import { type FakeOcm, fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

const type = 'rhcs_cluster_rosa_hcp';

/** The cluster of the complete example of seed 003. */
const config = {
  name: 'example-hcp-cluster',
  cloud_region: 'us-east-1',
  aws_account_id: '123456789012',
  aws_billing_account_id: '123456789012',
  aws_subnet_ids: ['subnet-123', 'subnet-456'],
  availability_zones: ['us-east-1a', 'us-east-1b'],
  replicas: 2,
  version: '4.15.9',
  sts: {
    role_arn: 'arn:installer',
    support_role_arn: 'arn:support',
    instance_iam_roles: { worker_role_arn: 'arn:worker' },
    operator_role_prefix: 'my-operator',
    oidc_config_id: 'my-oidc-config-id',
    oidc_endpoint_url: null,
    trust_policy_external_id: null,
  },
  wait_for_create_complete: true,
  wait_for_std_compute_nodes_complete: true,
};

async function opened(): Promise<{ core: Core; ocm: FakeOcm }> {
  const ocm = await startFakeOcm();
  onTestFinished(() => ocm.close());
  return { core: await startCore({ url: ocm.url, token: fakeToken() }), ocm };
}

test('the example of the seed: created, waited for, nothing left to do, changed, destroyed', async () => {
  const { core, ocm } = await opened();
  const { state, diagnostics } = await core.apply(type, config, null);
  expect(diagnostics).toEqual([]);
  expect(state).toMatchObject({
    id: 'c0',
    state: 'ready',
    name: 'example-hcp-cluster',
    sts: { role_arn: 'arn:installer' },
  });
  expect(ocm.clusters.get('c0')).toMatchObject({
    kind: 'Cluster',
    hypershift: { enabled: true },
    nodes: { compute: 2, availability_zones: ['us-east-1a', 'us-east-1b'] },
    version: { id: 'openshift-v4.15.9', raw_id: '4.15.9' },
    aws: { sts: { oidc_config: { id: 'my-oidc-config-id' } } },
  });
  const read = await core.refresh(type, state!);
  expect((await core.plan(type, config, read.state)).planned).toEqual(read.state);

  const changed = await core.apply(type, { ...config, properties: { owner: 'me' } }, read.state);
  expect(changed).toMatchObject({ diagnostics: [], state: { properties: { owner: 'me' } } });
  expect(ocm.clusters.get('c0')).toMatchObject({ properties: { owner: 'me' } });

  const again = await core.plan(
    type,
    { ...config, properties: { owner: 'me' }, name: 'other', sts: { ...config.sts, role_arn: 'arn:other' } },
    changed.state,
  );
  expect(again.diagnostics.map((text) => text.split(',')[0])).toEqual([
    'error Attribute value cannot be changed: Attribute name',
    'error Attribute value cannot be changed: Attribute sts',
  ]);
  expect(await core.apply(type, null, changed.state)).toMatchObject({ state: null, diagnostics: [] });
  expect(ocm.clusters.size).toBe(0);
});

test('a cluster that went wrong stays in state, with what went wrong', async () => {
  const { core, ocm } = await opened();
  const applying = core.apply(type, config, null);
  await expect.poll(() => ocm.clusters.get('c0')).toBeDefined();
  ocm.clusters.get('c0')!.state = 'error';
  const { state, diagnostics } = await applying;
  expect(state).toMatchObject({ id: 'c0' });
  expect(diagnostics).toEqual(["error Cluster Creation Failed: Cluster 'c0' is in state 'error'"]);
});

test('a cluster whose creation was not heard of is told with the command that adopts it', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'POST', path: /clusters$/, cutAfter: true });
  expect(await core.apply(type, config, null)).toMatchObject({ state: null });
  const { diagnostics } = await core.apply(type, config, null);
  expect(diagnostics[0]).toContain(
    "error Can't create cluster: Can't create cluster with name 'example-hcp-cluster': status is 409",
  );
  expect(diagnostics[0]).toContain('terraform import ADDRESS_OF_THIS_RESOURCE c0');
});

test('an imported cluster takes what nobody told about AWS, without a request', async () => {
  const { core, ocm } = await opened();
  ocm.clusters.set('x', hostedCluster('x', { name: config.name, nodes: { compute: 2 } }));
  const imported = await core.import(type, 'x');
  const { state } = await core.refresh(type, imported.state!);
  expect((await core.plan(type, config, state)).diagnostics).toEqual([]);
});

const sources = { allowed_registries: ['quay.io'], blocked_registries: null, insecure_registries: null };
const registries = (change: object) => ({
  ...config,
  registry_config: {
    registry_sources: sources,
    allowed_registries_for_import: null,
    additional_trusted_ca: null,
    platform_allowlist_id: null,
    ...change,
  },
});

test('the registry configuration is sent, drifts, and is emptied when it goes', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, registries({ additional_trusted_ca: { 'm.io': 'PEM' } }), null);
  const cluster = ocm.clusters.get('c0')!;
  expect(cluster['registry_config']).toEqual({
    registry_sources: { allowed_registries: ['quay.io'] },
    additional_trusted_ca: { 'm.io': 'PEM' },
  });
  cluster['registry_config'] = {
    registry_sources: { allowed_registries: ['quay.io'] },
    additional_trusted_ca: { 'm.io': 'REDACTED' },
  };
  expect((await core.refresh(type, state!)).state).toEqual(state);
  cluster['registry_config'] = { registry_sources: { blocked_registries: ['docker.io'] } };
  const drifted = (await core.refresh(type, state!)).state;
  expect(drifted?.['registry_config']).toMatchObject({
    registry_sources: { blocked_registries: ['docker.io'], allowed_registries: null },
    additional_trusted_ca: null,
  });
  await core.apply(type, registries({}), drifted);
  expect(cluster['registry_config']).toEqual({
    registry_sources: { allowed_registries: ['quay.io'], blocked_registries: [] },
  });
  await core.apply(type, config, state);
  expect(cluster['registry_config']).toMatchObject({
    registry_sources: { allowed_registries: [] },
    additional_trusted_ca: {},
  });
});

test('null and empty registry configurations change nothing', async () => {
  const { core } = await opened();
  for (const empty of [null, {}, { registry_sources: { ...sources, allowed_registries: [] } }]) {
    const { state } = await core.apply(
      type,
      empty === null ? { ...config, registry_config: null } : registries({ registry_sources: null, ...empty }),
      null,
    );
    expect((await core.refresh(type, state!)).state).toEqual(state);
  }
});

test('allowed and blocked registries exclude each other', async () => {
  const { core } = await opened();
  const both = registries({ registry_sources: { ...sources, blocked_registries: ['docker.io'] } });
  expect(await core.validate(type, both)).toEqual([
    'error Invalid Attribute Combination: Attribute "registry_config.registry_sources.blocked_registries" cannot be specified when "registry_config.registry_sources.allowed_registries" is specified',
  ]);
});

test('the data source tells of a cluster that exists', async () => {
  const { core, ocm } = await opened();
  ocm.clusters.set(
    'x',
    hostedCluster('x', {
      nodes: { compute: 2, availability_zones: ['a'] },
      region: { id: 'r' },
      properties: { p: 'v' },
    }),
  );
  const { state } = await core.data(type, { id: 'x' });
  expect(state).toMatchObject({
    id: 'x',
    name: 'x',
    replicas: 2,
    cloud_region: 'r',
    properties: { p: 'v' },
    registry_config: null,
  });
});
