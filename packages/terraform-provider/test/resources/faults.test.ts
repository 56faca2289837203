import { expect, onTestFinished, test } from 'vitest';
import { type Core, startCore } from '../support/core.ts';
import { type FakeCluster, type FakeOcm, fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

const type = 'rhcs_image_mirror';
const config = { cluster_id: 'hcp', source: 'quay.io/a', mirrors: ['m.io/a'] };
const mirrors = /image_mirrors$/;

async function opened(...clusters: FakeCluster[]): Promise<{ core: Core; ocm: FakeOcm }> {
  const ocm = await startFakeOcm(hostedCluster('hcp'), ...clusters);
  onTestFinished(() => ocm.close());
  return { core: await startCore({ url: ocm.url, token: fakeToken() }), ocm };
}

function count({ requests }: FakeOcm, method: string): number {
  return requests.filter((line) => line.startsWith(method)).length;
}

test.each([429, 503])('%s of a creation and of a read is tried again', async (status) => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'POST', path: mirrors, status });
  ocm.fail({ method: 'GET', path: /./, status });
  expect(await core.apply(type, config, null)).toMatchObject({ diagnostics: [] });
  expect([count(ocm, 'GET'), count(ocm, 'POST')]).toEqual([2, 2]);
});

test('500 of a read is tried again, and given up after three answers', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'GET', path: /./, status: 500, times: 3 });
  expect((await core.apply(type, config, null)).diagnostics[0]).toContain(
    "Could not retrieve cluster 'hcp': status is 500",
  );
  expect(ocm.requests).toHaveLength(3);
});

test('a creation whose answer is lost is not sent again; the next apply says how to adopt what is there', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'POST', path: mirrors, cutAfter: true });
  const first = await core.apply(type, config, null);
  expect([first.state, first.diagnostics.length, count(ocm, 'POST')]).toEqual([null, 1, 1]);
  expect((await core.apply(type, config, null)).diagnostics[0]).toContain(
    `terraform import ADDRESS_OF_THIS_RESOURCE hcp:${ocm.mirrors.get('hcp')![0]!.id}`,
  );
});

test('an update whose answer is lost keeps the state from before; the next one does it again', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  const changed = { ...config, mirrors: ['n.io/a'] };
  ocm.fail({ method: 'PATCH', path: /./, cutAfter: true });
  expect(await core.apply(type, changed, state)).toMatchObject({ state: { mirrors: ['m.io/a'] } });
  expect(await core.apply(type, changed, state)).toMatchObject({ diagnostics: [], state: { mirrors: ['n.io/a'] } });
});

test('a delete whose answer is lost is done by the next one', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  ocm.fail({ method: 'DELETE', path: /./, cutAfter: true });
  expect((await core.apply(type, null, state)).state).toEqual(state);
  expect(await core.apply(type, null, state)).toMatchObject({ state: null, diagnostics: [] });
});

test('an answer that ends in its middle is one diagnostic, and nothing of it is believed', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ method: 'GET', path: /./, half: true, times: 3 });
  const { state, diagnostics } = await core.apply(type, config, null);
  expect([state, diagnostics.length]).toEqual([null, 1]);
  expect(count(ocm, 'POST')).toBe(0);
});

test('a slow server is waited for', async () => {
  const { core, ocm } = await opened();
  ocm.fail({ path: /./, delay: 1500 });
  expect(await core.apply(type, config, null)).toMatchObject({ diagnostics: [] });
});

test('moving to a cluster that takes no mirrors removes the old one, and says why there is no new one', async () => {
  const { core, ocm } = await opened(hostedCluster('classic', { hypershift: { enabled: false } }));
  const { state } = await core.apply(type, config, null);
  const moved = await core.apply(type, { ...config, cluster_id: 'classic' }, state);
  expect(moved).toMatchObject({ state: null, diagnostics: [expect.stringContaining('Unsupported Cluster Type')] });
  expect(ocm.mirrors.get('hcp')).toEqual([]);
});

test('a replacement that ends between its halves is finished by creating alone', async () => {
  const { core, ocm } = await opened();
  const { state } = await core.apply(type, config, null);
  ocm.fail({ method: 'POST', path: mirrors, status: 500 });
  const other = { ...config, source: 'quay.io/b' };
  const half = await core.apply(type, other, state);
  expect(half.state).toBe(null);
  const before = ocm.requests.length;
  expect(await core.apply(type, other, null)).toMatchObject({ diagnostics: [] });
  expect(ocm.requests.slice(before).map((line) => line.split(' ')[0])).toEqual(['GET', 'POST']);
});

test('of many clusters a bad one fails alone', async () => {
  const { core, ocm } = await opened(hostedCluster('bad', { state: 'error' }), hostedCluster('good'));
  const results = await Promise.all(
    ['hcp', 'bad', 'good'].map((id) => core.apply(type, { ...config, cluster_id: id }, null)),
  );
  expect(results.map(({ state }) => state?.['cluster_id'])).toEqual(['hcp', undefined, 'good']);
  expect(ocm.mirrors.get('good')).toHaveLength(1);
});

test('a token that ends during a run is renewed by a service account', async () => {
  const ocm = await startFakeOcm(hostedCluster('hcp'));
  onTestFinished(() => ocm.close());
  const core = await startCore({
    url: ocm.url,
    token_url: `${ocm.url}/token`,
    client_id: 'id',
    client_secret: 'secret',
  });
  expect(await core.apply(type, config, null)).toMatchObject({ diagnostics: [] });
  expect(ocm.requests.filter((line) => line === 'POST /token').length).toBeGreaterThanOrEqual(2);
});
