import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { valueAt } from '@pullpath/api';
import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { soak } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { serveProcess } from './serve-process.ts';

const points = soak ? 500 : 25;
const cordonedByAdmin = 'worker-2';

const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const tagMirrorSets: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'imagetagmirrorsets',
  kind: 'ImageTagMirrorSet',
  namespaced: false,
};
const pools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};
const configMaps: Resource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true };

test(`killed at ${points} points during edits and rollouts, serve finishes what it began`, {
  timeout: points * 10_000 + 120_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-killed-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const random = seeded(Number(process.env['PULLPATH_SEED'] ?? 1));
  const server = serveProcess(directory);
  onTestFinished(() => server.kill());
  await server.start();
  const client = await clientOf(directory);
  onTestFinished(() => client.close());
  await settled(client, directory, '');
  // A node out of work counts, whoever took it out: one more may be.
  await client.patch(pools, { name: 'worker' }, 'merge', { spec: { maxUnavailable: 2 } });
  await client.patch(nodes, { name: cordonedByAdmin }, 'merge', { spec: { unschedulable: true } });
  const outOfWork: number[] = [];
  for (let point = 1; point <= points; point++) {
    const mirror = `m${point}.example.com`;
    await edit(client, mirror);
    await pause(random() * 1_500);
    await server.kill();
    await server.start();
    outOfWork.push(...(await watchedUntil(client, directory, point % 5 === 0 ? mirror : undefined)));
  }
  await settled(client, directory, `m${points}.example.com`);
  expect(Math.max(...outOfWork)).toBeLessThanOrEqual(1);
  expect(await cordoned(client)).toEqual([cordonedByAdmin]);
});

/** New tag mirrors, which drain nodes: of the management cluster by a mirror set, of the hosted one by its ConfigMap. */
async function edit(client: KubeClient, mirror: string): Promise<void> {
  const spec = { imageTagMirrors: [{ source: 'quay.io/edited', mirrors: [`${mirror}/x`] }] };
  await client.apply(tagMirrorSets, { metadata: { name: 'edited' }, spec } as never, { force: true });
  const itms = { apiVersion: 'config.openshift.io/v1', kind: 'ImageTagMirrorSet', metadata: { name: 'fleet' }, spec };
  const place = { namespace: 'clusters', name: 'global-image-mirrors' };
  await client.patch(configMaps, place, 'merge', { data: { 'itms.yaml': JSON.stringify(itms) } });
}

/** Looks at the pool for a while, or until all nodes have a mirror; gives how many nodes were out of work each time. */
async function watchedUntil(client: KubeClient, directory: string, mirror: string | undefined): Promise<number[]> {
  const seen: number[] = [];
  const end = Date.now() + (mirror === undefined ? 300 : 60_000);
  while (Date.now() < end && (mirror === undefined || !haveMirror(directory, mirror))) {
    const names = await cordoned(client);
    seen.push(names.filter((name) => name !== cordonedByAdmin).length);
    await pause(50);
  }
  if (mirror !== undefined && !haveMirror(directory, mirror)) throw new Error(`no rollout of ${mirror} in a minute`);
  return seen;
}

async function settled(client: KubeClient, directory: string, mirror: string): Promise<void> {
  await watchedUntil(client, directory, mirror);
  const isIdle = async (): Promise<boolean> => {
    const names = await cordoned(client);
    return names.every((name) => name === cordonedByAdmin) && hostedNodes(directory).length === 4;
  };
  for (let tries = 0; !(await isIdle()); tries++) {
    if (tries > 300) throw new Error('nodes stay cordoned, or replaced ones stay, after a minute');
    await pause(200);
  }
}

async function cordoned(client: KubeClient): Promise<string[]> {
  const { items } = await client.list(nodes);
  return items.filter(isCordoned).map(({ metadata }) => metadata.name ?? '');
}

function isCordoned(node: KubeObject): boolean {
  return valueAt(node, ['spec', 'unschedulable']) === true;
}

// The node that an administrator keeps out of work is not updated (node-config 2.1): it stays as it is.
function haveMirror(directory: string, mirror: string): boolean {
  const workers = ['worker-0', 'worker-1'].map((name) => join(directory, 'nodes/management', name));
  const hosted = hostedNodes(directory);
  const texts = [...workers, ...hosted].map(confOf);
  return hosted.length >= 4 && texts.every((text) => text !== '' && text.includes(mirror));
}

function hostedNodes(directory: string): string[] {
  const folder = join(directory, 'nodes/clusters-my-cluster');
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // The hosted cluster has no node yet.
    return [];
  }
}

function confOf(node: string): string {
  try {
    return readFileSync(join(node, 'etc/containers/registries.conf'), 'utf8');
  } catch {
    // A machine that is made or taken away.
    return '';
  }
}

async function clientOf(directory: string): Promise<KubeClient> {
  return connect(await loadConnection({ path: join(directory, 'kubeconfig') }));
}

/** Numbers between 0 and 1, the same for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
