import { expect, onTestFinished, test } from 'vitest';
import { type Core, startCore } from '../support/core.ts';
import { type FakeOcm, fakeToken, hostedCluster, startFakeOcm } from '../support/fake-ocm.ts';

const type = 'rhcs_image_mirror_set';
const config = { cluster_id: 'hcp', mirrors: { 'quay.io/a': ['m.io/a'], 'quay.io/b': ['m.io/b', 'n.io/b'] } };

async function opened(): Promise<{ core: Core; ocm: FakeOcm; sources: () => Record<string, string[]> }> {
  const ocm = await startFakeOcm(hostedCluster('hcp'));
  onTestFinished(() => ocm.close());
  const sources = () => Object.fromEntries(ocm.mirrors.get('hcp')!.map((mirror) => [mirror.source, mirror.mirrors]));
  return { core: await startCore({ url: ocm.url, token: fakeToken() }), ocm, sources };
}

test('a set makes the mirrors of a cluster its own: adds, replaces, removes; then nothing is left to do', async () => {
  const { core, ocm, sources } = await opened();
  ocm.mirrors.set('hcp', [
    { id: '1', type: 'digest', source: 'quay.io/a', mirrors: ['old.io/a'] },
    { id: '2', type: 'digest', source: 'quay.io/stray', mirrors: ['old.io/s'] },
  ]);
  const plan = await core.plan(type, config, null);
  expect(plan.diagnostics).toEqual([expect.stringContaining('warning Existing Image Mirrors Will Be Removed')]);
  expect(plan.diagnostics[0]).toContain('quay.io/stray');
  const { state } = await core.apply(type, config, null);
  expect(sources()).toEqual(config.mirrors);
  expect(ocm.mirrors.get('hcp')![0]).toMatchObject({ id: '1', mirrors: ['m.io/a'] });
  expect((await core.refresh(type, state!)).state).toEqual(state);
});

test('a mirror that nobody manages shows up as drift, and goes', async () => {
  const { core, ocm, sources } = await opened();
  const { state } = await core.apply(type, config, null);
  ocm.mirrors.get('hcp')!.push({ id: '9', type: 'digest', source: 'quay.io/evil', mirrors: ['evil.io'] });
  const read = await core.refresh(type, state!);
  expect(read.state?.['mirrors']).toHaveProperty('quay.io/evil');
  await core.apply(type, config, read.state);
  expect(sources()).toEqual(config.mirrors);
});

test('a run that was cut short is finished by the next one', async () => {
  const { core, ocm, sources } = await opened();
  ocm.fail({ method: 'POST', path: /image_mirrors$/, cutAfter: true });
  const first = await core.apply(type, config, null);
  expect(first).toMatchObject({ state: null });
  expect(first.diagnostics[0]).toContain('error Failed to Set Image Mirrors');
  expect(Object.keys(sources())).toHaveLength(1);
  expect(await core.apply(type, config, null)).toMatchObject({ diagnostics: [] });
  expect(sources()).toEqual(config.mirrors);
});

test('the end of a set is the end of its mirrors', async () => {
  const { core, sources } = await opened();
  const { state } = await core.apply(type, config, null);
  expect(await core.apply(type, null, state)).toMatchObject({ state: null, diagnostics: [] });
  expect(sources()).toEqual({});
});

test('import takes the id of a cluster', async () => {
  const { core } = await opened();
  const { state } = await core.apply(type, config, null);
  const imported = await core.import(type, 'hcp');
  expect((await core.refresh(type, imported.state!)).state).toEqual(state);
  expect((await core.import(type, 'hcp:1')).diagnostics).toEqual([
    expect.stringContaining("Import ID must be the cluster's id"),
  ]);
});

test('a source without mirrors is refused by its name', async () => {
  const { core } = await opened();
  expect(await core.validate(type, { ...config, mirrors: { 'quay.io/a': [] } })).toEqual([
    'error Invalid Attribute Value: Attribute mirrors["quay.io/a"] list must contain at least 1 elements, got: 0',
  ]);
});
