import { valueAt } from '@pullpath/api';
import type { KubeClient } from '@pullpath/kube-client';
import { expect, test } from 'vitest';
import { images } from '../../src/openshift/resources.ts';
import { contentSourcePolicies, digestMirrorSets, tagMirrorSets } from '../../src/resources.ts';
import { put, type Rule } from '../support/fixtures.ts';
import { eventsOn, nodeNamed, putDigestMirrors, putTagMirrors, quiet, startPools, updated } from '../support/pools.ts';

// node-config 2.3: what nodes do for each action of a user, executed upstream; here through controllers, agent and drain.

const base: Rule = { source: 'quay.io/base', mirrors: ['mirror.example.com/base', 'second.example.com/base'] };
const other: Rule = { source: 'quay.io/other', mirrors: ['mirror.example.com/other'] };
const tagged: Rule = { source: 'quay.io/tagged', mirrors: ['mirror.example.com/tagged'] };
const never = { mirrorSourcePolicy: 'NeverContactSource' };

const change = {
  idms: async (client: KubeClient, name: string, ...rules: Rule[]) => putDigestMirrors(client, name, ...rules),
  itms: async (client: KubeClient, name: string, ...rules: Rule[]) => putTagMirrors(client, name, ...rules),
  image: async (client: KubeClient, registrySources: object) =>
    put(client, images, { metadata: { name: 'cluster' }, spec: { registrySources } }),
};

/** What nodes have before, beside `base` of an IDMS; what a user does; what nodes do, and whether they are drained. */
type Row = readonly [
  action: string,
  before: ((client: KubeClient) => Promise<unknown>) | undefined,
  act: (client: KubeClient) => Promise<unknown>,
  actions: readonly string[],
  drain: boolean,
];

const rows: readonly Row[] = [
  ['an IDMS for a new source', undefined, (c) => change.idms(c, 'new', other), ['Special'], false],
  [
    'an ICSP for a new source',
    undefined,
    (c) => put(c, contentSourcePolicies, { metadata: { name: 'new' }, spec: { repositoryDigestMirrors: [other] } }),
    ['Special'],
    false,
  ],
  [
    'an IDMS with NeverContactSource for a new source',
    undefined,
    (c) => change.idms(c, 'new', { ...other, ...never }),
    ['Special'],
    false,
  ],
  [
    'another digest mirror of a source',
    undefined,
    (c) => change.idms(c, 'base', { ...base, mirrors: [...base.mirrors, 'third.example.com/base'] }),
    ['Special'],
    false,
  ],
  [
    'a source within another one',
    undefined,
    (c) => change.idms(c, 'new', { source: 'quay.io/base/app', mirrors: ['mirror.example.com/app'] }),
    ['Special'],
    false,
  ],
  [
    'digest mirrors in another order',
    undefined,
    (c) => change.idms(c, 'base', { ...base, mirrors: [...base.mirrors].reverse() }),
    ['Special'],
    false,
  ],
  ['an ITMS', undefined, (c) => change.itms(c, 'new', tagged), ['Special'], true],
  [
    'another tag mirror',
    (c) => change.itms(c, 'tags', tagged),
    (c) => change.itms(c, 'tags', { ...tagged, mirrors: [...tagged.mirrors, 'second.example.com/tagged'] }),
    ['Special'],
    true,
  ],
  [
    'a mirror less',
    undefined,
    (c) => change.idms(c, 'base', { ...base, mirrors: base.mirrors.slice(0, 1) }),
    ['Special'],
    true,
  ],
  [
    'an object less',
    (c) => change.idms(c, 'more', other),
    (c) => c.delete(digestMirrorSets.resource, { name: 'more' }),
    ['Special'],
    true,
  ],
  [
    'NeverContactSource for a source that has mirrors',
    undefined,
    (c) => change.idms(c, 'base', { ...base, ...never }),
    ['Special'],
    true,
  ],
  [
    'a blocked registry',
    undefined,
    (c) => change.image(c, { blockedRegistries: ['bad.io'] }),
    ['Reload', 'Special'],
    true,
  ],
  ['an insecure registry', undefined, (c) => change.image(c, { insecureRegistries: ['lab.io'] }), ['Special'], true],
  [
    'an insecure mirror host',
    undefined,
    (c) => change.image(c, { insecureRegistries: ['mirror.example.com'] }),
    ['Special'],
    true,
  ],
  [
    'a digest mirror that becomes a tag mirror',
    (c) => change.idms(c, 'more', other),
    async (c) => {
      await change.itms(c, 'more', other);
      await c.delete(digestMirrorSets.resource, { name: 'more' });
    },
    ['Special'],
    true,
  ],
  ['allowedRegistries', undefined, (c) => change.image(c, { allowedRegistries: ['quay.io'] }), ['Reload'], false],
  [
    'a registry to search',
    undefined,
    (c) => change.image(c, { containerRuntimeSearchRegistries: ['quay.io'] }),
    ['Reboot'],
    true,
  ],
];

test.each(rows)('%s', async (_, before, act, actions, drain) => {
  const cluster = await startPools(['a']);
  const { client, agents, plane } = cluster;
  await putDigestMirrors(client, 'base', base);
  await before?.(client);
  await quiet(cluster);
  await updated(cluster, 'worker');
  const known = agents.deeds.length;
  await act(client);
  await quiet(cluster);
  const pool = await updated(cluster, 'worker');
  const deeds = agents.deeds.slice(known).map(({ decision }) => decision);
  // Two edits may be two changes of the node.
  const types = new Set(deeds.flatMap((decision) => decision.actions.map(({ type }) => type)));
  expect([...types]).toEqual(actions);
  expect(deeds.some((decision) => decision.drain)).toBe(drain);
  const events = (await eventsOn(client, 'Node', 'a')).filter((text) => text.startsWith('Cordon'));
  expect(events.length > 0).toBe(drain);
  const node = await nodeNamed(client, 'a');
  expect(valueAt(node, ['spec', 'unschedulable'])).toBeUndefined();
  expect(valueAt(node, ['spec', 'taints'])).toBeUndefined();
  expect(valueAt(pool, ['status', 'updatedMachineCount'])).toBe(1);
  expect(plane.faults).toEqual([]);
});

test('the same rules in another kind change nothing', async () => {
  const cluster = await startPools(['a']);
  const { client, agents } = cluster;
  await put(client, contentSourcePolicies, { metadata: { name: 'old' }, spec: { repositoryDigestMirrors: [base] } });
  await quiet(cluster);
  const known = agents.deeds.length;
  await putDigestMirrors(client, 'new', base);
  await client.delete(contentSourcePolicies.resource, { name: 'old' });
  await quiet(cluster);
  expect(agents.deeds.length).toBe(known);
});

test('tag and digest mirrors at one place: another digest mirror drains', async () => {
  const cluster = await startPools(['a']);
  const { client, agents } = cluster;
  await putDigestMirrors(client, 'both', tagged);
  await putTagMirrors(client, 'both', tagged);
  await quiet(cluster);
  await updated(cluster, 'worker');
  const known = agents.deeds.length;
  await putDigestMirrors(client, 'both', { ...tagged, mirrors: [...tagged.mirrors, 'third.example.com/tagged'] });
  await quiet(cluster);
  expect(agents.deeds.slice(known).map(({ decision }) => decision.drain)).toEqual([true]);
  expect(await client.list(tagMirrorSets.resource)).toMatchObject({ items: [{ metadata: { name: 'both' } }] });
});
