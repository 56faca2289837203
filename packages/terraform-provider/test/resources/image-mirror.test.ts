import { expect, onTestFinished, test } from 'vitest';
import { textAt } from '../../src/wire/values.ts';
import { type Core, startCore } from '../support/core.ts';
import {
  type FakeCluster,
  type FakeOcm,
  fakeToken,
  hostedCluster,
  refusal,
  startFakeOcm,
} from '../support/fake-ocm.ts';

const type = 'rhcs_image_mirror';
const config = { cluster_id: 'hcp', source: 'quay.io/a', mirrors: ['m.io/a', 'n.io/a'] };

async function opened(...clusters: FakeCluster[]): Promise<{ core: Core; ocm: FakeOcm }> {
  const ocm = await startFakeOcm(...(clusters.length > 0 ? clusters : [hostedCluster('hcp')]));
  onTestFinished(() => ocm.close());
  return { core: await startCore({ url: ocm.url, token: fakeToken() }), ocm };
}

test.each([5, 6] as const)('protocol %s: create, no change, update, replace, delete', async (protocol) => {
  const { ocm } = await opened(hostedCluster('hcp'));
  const core = await startCore({ url: ocm.url, token: fakeToken() }, { protocol });
  const { state } = await core.apply(type, config, null);
  expect(ocm.requests).toEqual([
    'GET /api/clusters_mgmt/v1/clusters/hcp',
    'POST /api/clusters_mgmt/v1/clusters/hcp/image_mirrors',
  ]);
  const [mirror] = ocm.mirrors.get('hcp')!;
  expect(state).toMatchObject({ ...config, type: 'digest', id: mirror?.id });

  const same = await core.plan(type, config, (await core.refresh(type, state!)).state);
  expect(same.planned).toEqual(state);

  const updated = await core.apply(type, { ...config, mirrors: ['n.io/a'] }, state);
  expect(updated.state).toMatchObject({ id: mirror?.id, creation_timestamp: state!['creation_timestamp'] });
  expect(ocm.requests.at(-1)).toBe(`PATCH /api/clusters_mgmt/v1/clusters/hcp/image_mirrors/${mirror?.id}`);

  const replaced = await core.apply(type, { ...config, source: 'quay.io/b' }, updated.state);
  expect(replaced).toMatchObject({ replaced: true, diagnostics: [] });
  expect(ocm.requests.slice(-3).map((line) => line.split(' ')[0])).toEqual(['DELETE', 'GET', 'POST']);

  expect(await core.apply(type, null, replaced.state)).toMatchObject({ state: null, diagnostics: [] });
  expect(ocm.mirrors.get('hcp')).toEqual([]);
});

test.each([
  [hostedCluster('hcp', { state: 'installing' }), "error Cluster Not Ready: Cluster 'hcp' is not ready"],
  [
    hostedCluster('hcp', { hypershift: { enabled: false } }),
    'error Unsupported Cluster Type: Image mirrors are only supported on Hosted Control Plane clusters',
  ],
  [hostedCluster('other'), "error Failed to Get Cluster: Could not retrieve cluster 'hcp': status is 404"],
])('a cluster that takes no mirrors is told before anything is sent to it', async (cluster, text) => {
  const { core, ocm } = await opened(cluster);
  const { state, diagnostics } = await core.apply(type, config, null);
  expect([state, diagnostics[0]?.slice(0, text.length)]).toEqual([null, text]);
  expect(ocm.requests).toHaveLength(1);
});

test('drift: mirrors are reverted in place, another source is another object, a deleted mirror is gone, times are nothing', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  const [mirror] = ocm.mirrors.get('hcp')!;
  const planAfter = async (change: object) => {
    Object.assign(mirror!, change);
    return core.plan(type, config, (await core.refresh(type, state!)).state);
  };
  expect((await planAfter({ last_update_timestamp: '2030-01-01T00:00:00Z' })).planned).not.toHaveProperty('id', {
    unknown: true,
  });
  expect(await planAfter({ mirrors: ['evil.io/a'] })).toMatchObject({
    replace: [],
    planned: { mirrors: config.mirrors, id: mirror?.id },
  });
  expect((await planAfter({ source: 'quay.io/z' })).replace).toEqual(['source']);
  ocm.mirrors.set('hcp', []);
  expect(await core.refresh(type, state!)).toMatchObject({ state: null, diagnostics: [] });
  expect(await core.apply(type, null, state)).toMatchObject({ state: null, diagnostics: [] });
});

test('import takes two parts that are not empty, and reads the rest', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  const imported = await core.import(type, `hcp:${textAt(state!, 'id')}`);
  expect((await core.refresh(type, imported.state!)).state).toEqual(state);
  for (const id of ['hcp,1', 'hcp', 'hcp:', ':1', 'a:b:c', '']) {
    expect((await core.import(type, id)).diagnostics).toEqual([
      "error Invalid Import ID: Import ID must be in the format 'cluster_id:image_mirror_id'",
    ]);
  }
  expect((await core.refresh(type, { ...imported.state!, id: 'nope' })).state).toBe(null);
  expect(ocm.mirrors.get('hcp')).toHaveLength(1);
});

test('a source that is there already is told with the command that adopts it', async () => {
  const { core, ocm } = await opened();
  await core.apply(type, config, null);
  const { state, diagnostics } = await core.apply(type, config, null);
  expect(state).toBe(null);
  expect(diagnostics[0]).toContain('Could not create image mirror: ');
  expect(diagnostics[0]).toContain(`terraform import ADDRESS_OF_THIS_RESOURCE hcp:${ocm.mirrors.get('hcp')![0]!.id}`);
});

test('an old server that sends no times leaves null, and prior times after an update', async () => {
  const { core, ocm } = await opened();
  ocm.fail({
    method: 'POST',
    path: /image_mirrors$/,
    status: 201,
    body: { id: 'x', type: 'digest', source: 'quay.io/a', mirrors: config.mirrors },
  });
  const { state } = await core.apply(type, config, null);
  expect(state).toMatchObject({ id: 'x', creation_timestamp: null, last_update_timestamp: null });
  const known = {
    ...state!,
    creation_timestamp: '2024-01-01T00:00:00Z',
    last_update_timestamp: '2024-01-01T00:00:00Z',
  };
  ocm.fail({ method: 'PATCH', path: /x$/, status: 200, body: { id: 'x' } });
  expect((await core.apply(type, { ...config, mirrors: ['o.io/a'] }, known)).state).toMatchObject({
    creation_timestamp: '2024-01-01T00:00:00Z',
  });
});

test('a write that another one came between is repeated', async () => {
  const { core, ocm } = await opened();
  const body = refusal(
    409,
    'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version',
  );
  ocm.fail({ method: 'POST', path: /image_mirrors$/, status: 409, body, times: 3 });
  expect(await core.apply(type, config, null)).toMatchObject({ diagnostics: [] });
  expect(ocm.requests.filter((line) => line.startsWith('POST'))).toHaveLength(4);
});

test('writes to one cluster go one at a time, those to others side by side', async () => {
  const { core, ocm } = await opened(hostedCluster('a'), hostedCluster('b'));
  const create = (cluster: string, at: number) =>
    core.apply(type, { ...config, cluster_id: cluster, source: `quay.io/${at}` }, null);
  await Promise.all([0, 1, 2, 3].flatMap((at) => [create('a', at), create('b', at)]));
  const ofA = ocm.requests.filter((line) => line.includes('/clusters/a')).map((line) => line.split(' ')[0]);
  expect(ofA).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
  expect(ocm.mirrors.get('b')).toHaveLength(4);
});

test('a delete that failed keeps the state, with the words of the server', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  ocm.fail({ method: 'DELETE', path: /./, status: 500, body: refusal(500, 'boom') });
  const failed = await core.apply(type, null, state);
  expect(failed.state).toEqual(state);
  expect(failed.diagnostics[0]).toMatch(
    /^error Failed to Delete Image Mirror: Could not delete image mirror '.*' for cluster 'hcp': status is 500.*boom/,
  );
  expect((await core.apply(type, null, state)).state).toBe(null);
});

test('what comes through a gateway is told by type and content; a POST is not sent again after 500', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'POST', path: /image_mirrors$/, html: '<html><body>Bad Gateway</body></html>' });
  const { diagnostics } = await core.apply(type, config, null);
  expect(diagnostics[0]).toContain(
    "expected response content type 'application/json' but received 'text/html' and content '",
  );
  ocm.fail({ method: 'POST', path: /image_mirrors$/, status: 500 });
  await core.apply(type, config, null);
  expect(ocm.requests.filter((line) => line.startsWith('POST'))).toHaveLength(2);
});

test('an interrupted operation ends at once with a diagnostic', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'POST', path: /image_mirrors$/, delay: 10_000 });
  const applying = core.apply(type, config, null);
  await expect.poll(() => ocm.requests.length).toBe(2);
  const begun = Date.now();
  await core.stop();
  const { state, diagnostics } = await applying;
  // Long before the answer that it waited for.
  expect(Date.now() - begun).toBeLessThan(8_000);
  expect([state, diagnostics.length]).toEqual([null, 1]);
});

test('a 404 without a body is a 404; the published way takes it for an empty object, which is replaced', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  ocm.fail({ method: 'GET', path: /image_mirrors\//, status: 404, body: '', times: 2 });
  expect((await core.refresh(type, state!)).state).toBe(null);
  const provider = { url: ocm.url, token: fakeToken() };
  const published = await startCore(provider, { env: { RHCS_COMPATIBILITY: 'published' } });
  const empty = (await published.refresh(type, state!)).state;
  expect(empty).toMatchObject({ source: '', mirrors: [] });
  expect((await published.plan(type, config, empty)).replace).toEqual(['source']);
});

test('ids with slashes stay inside their segment, and dots are no id', async () => {
  const { core, ocm } = await opened();
  const state = { ...config, type: 'digest', creation_timestamp: null, last_update_timestamp: null };
  await core.refresh(type, { ...state, id: '../../x' });
  expect(ocm.requests).toEqual(['GET /api/clusters_mgmt/v1/clusters/hcp/image_mirrors/..%2F..%2Fx']);
  expect((await core.refresh(type, { ...state, id: '..' })).diagnostics[0]).toContain("'..' is no id");
  expect(ocm.requests).toHaveLength(1);
});
