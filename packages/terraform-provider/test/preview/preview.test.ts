import { expect, onTestFinished, test } from 'vitest';
import { type Core, startCore } from '../support/core.ts';
import { type FakeCluster, type FakeOcm, fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

const type = 'rhcs_image_mirror';
const config = { cluster_id: 'hcp', source: 'quay.io/team/app', mirrors: ['m.io/app'] };
const pools = [
  { id: 'workers-a', replicas: 2 },
  { id: 'workers-b', replicas: 1 },
];

async function opened(cluster: FakeCluster): Promise<{ core: Core; ocm: FakeOcm }> {
  const ocm = await startFakeOcm(cluster);
  onTestFinished(() => ocm.close());
  return { core: await startCore({ url: ocm.url, token: fakeToken({ iss: 'urn:pullpath:ocm' }) }), ocm };
}

function allowing(...allowed: string[]): FakeCluster {
  return hostedCluster('hcp', { pools, registry_config: { registry_sources: { allowed_registries: allowed } } });
}

test('a plan says which pools it rolls, once for a cluster, and asks once', async () => {
  const { core, ocm } = await opened(hostedCluster('hcp', { pools }));
  const first = await core.plan(type, config, null);
  expect(first.diagnostics).toEqual([
    expect.stringContaining('the node pools workers-a (2 nodes), workers-b (1 node)'),
  ]);
  const second = await core.plan(type, { ...config, source: 'quay.io/other' }, null);
  expect(second.diagnostics).toEqual([]);
  expect(ocm.requests).toHaveLength(2);
});

test('a plan that changes nothing of the nodes asks nothing', async () => {
  const { core, ocm } = await opened(hostedCluster('hcp', { pools }));
  const { state } = await core.apply(type, config, null);
  const before = ocm.requests.length;
  expect((await core.plan(type, config, state)).diagnostics).toEqual([]);
  expect(ocm.requests).toHaveLength(before);
});

test.each([
  [['docker.io'], 'Source Is Not On The Allow List', 'every pull of it is rejected'],
  [['quay.io/team/app/sub'], 'Source Is Not On The Allow List', 'only quay.io/team/app/sub can be pulled of it'],
  [['quay.io/team'], 'Note: Mirror Is Not On The Allow List', 'Nothing to do for nodes'],
])('an allow list of %s is judged by the source', async (allowed, summary, words) => {
  const { core } = await opened(allowing(...allowed));
  const warnings = (await core.plan(type, config, null)).diagnostics.filter((text) => text.includes('Allow List'));
  expect(warnings).toEqual([expect.stringContaining(summary)]);
  expect(warnings[0]).toContain(words);
});

test('an allow list that has both says nothing', async () => {
  const { core } = await opened(allowing('quay.io', '*.m.io', 'm.io'));
  expect((await core.plan(type, config, null)).diagnostics.join()).not.toContain('Allow List');
});

test('what cannot be found out is not said, and a slow server does not hold the plan', async () => {
  const { core, ocm } = await opened(allowing('docker.io'));
  ocm.fail({ method: 'GET', path: /node_pools/, status: 403 });
  expect(await core.plan(type, config, null)).toMatchObject({ diagnostics: [] });
});

test('other servers, and the published way, are asked nothing at plan', async () => {
  const { ocm } = await opened(allowing('docker.io'));
  const elsewhere = await startCore({ url: ocm.url, token: fakeToken({ iss: 'https://sso.example.com' }) });
  await elsewhere.plan(type, config, null);
  const published = await startCore(
    { url: ocm.url, token: fakeToken({ iss: 'urn:pullpath:ocm' }) },
    { env: { RHCS_COMPATIBILITY: 'published' } },
  );
  await published.plan(type, config, null);
  expect(ocm.requests).toEqual([]);
});
