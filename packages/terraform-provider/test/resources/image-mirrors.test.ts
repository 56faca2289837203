import { expect, onTestFinished, test } from 'vitest';
import { startCore } from '../support/core.ts';
import { fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

test('130 mirrors are read in two requests; the published way reads the first page', async () => {
  const ocm = await startFakeOcm(hostedCluster('hcp', { state: 'installing' }));
  onTestFinished(() => ocm.close());
  ocm.mirrors.set(
    'hcp',
    Array.from({ length: 130 }, (_, at) => ({
      id: `m${at}`,
      type: 'digest',
      source: `quay.io/${at}`,
      mirrors: ['m.io'],
    })),
  );
  const provider = { url: ocm.url, token: fakeToken() };
  const core = await startCore(provider);
  const { state } = await core.data('rhcs_image_mirrors', { cluster_id: 'hcp' });
  expect(state?.['image_mirrors']).toHaveLength(130);
  expect(ocm.requests).toEqual([
    'GET /api/clusters_mgmt/v1/clusters/hcp/image_mirrors',
    'GET /api/clusters_mgmt/v1/clusters/hcp/image_mirrors?page=2',
  ]);
  const published = await startCore(provider, { env: { RHCS_COMPATIBILITY: 'published' } });
  expect((await published.data('rhcs_image_mirrors', { cluster_id: 'hcp' })).state?.['image_mirrors']).toHaveLength(
    100,
  );
});

test('a cluster that is not there is an error of the data source', async () => {
  const ocm = await startFakeOcm();
  onTestFinished(() => ocm.close());
  const core = await startCore({ url: ocm.url, token: fakeToken() });
  const { diagnostics } = await core.data('rhcs_image_mirrors', { cluster_id: 'gone' });
  expect(diagnostics[0]).toContain(
    "error Failed to List Image Mirrors: Could not list image mirrors for cluster 'gone': status is 404",
  );
});
