import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { hostedClusters } from '@pullpath/ocm-api';
import { listImageMirrors } from '@pullpath/ocm-api/client';
import { expect } from 'vitest';
import { until, type World } from './world.ts';

/** The mirrors of each source. */
export type Mirrors = Readonly<Record<string, readonly string[]>>;

/** What each place says of the mirrors of a cluster. */
export interface Evidence {
  readonly api: Mirrors;
  readonly hostedCluster: Mirrors;
  /** ImageDigestMirrorSet "cluster" inside the hosted cluster. */
  readonly guest: Mirrors;
  /** registries.conf of every node of the hosted cluster, where they agree. */
  readonly nodes: Mirrors | 'they differ';
}

/** Waits until the API, the HostedCluster, the guest and each node have exactly those mirrors. */
export async function everywhere(world: World, name: string, id: string, mirrors: Mirrors): Promise<void> {
  const wanted = { api: mirrors, hostedCluster: mirrors, guest: mirrors, nodes: mirrors };
  let seen: unknown;
  const agree = async () => {
    // What is made anew right now, a node or its file, may be away.
    seen = await evidenceOf(world, name, id).catch(String);
    return JSON.stringify(sorted(seen)) === JSON.stringify(sorted(wanted));
  };
  await until(agree, 'all places to agree').catch(() => expect(seen).toEqual(wanted));
}

async function evidenceOf(world: World, name: string, id: string): Promise<Evidence> {
  const cluster = await world.kube.get(hostedClusters, { namespace: 'clusters', name });
  return {
    api: byName(await listImageMirrors(world.ocm, id)),
    hostedCluster: byName(cluster.spec?.imageContentSources ?? []),
    ...(await insideOf(world, name)),
  };
}

interface MirrorSet extends KubeObject {
  readonly spec?: {
    readonly imageDigestMirrors?: readonly { readonly source: string; readonly mirrors?: readonly string[] }[];
  };
}

const group = 'config.openshift.io';
const mirrorSets = {
  group,
  version: 'v1',
  plural: 'imagedigestmirrorsets',
  kind: 'ImageDigestMirrorSet',
  namespaced: false,
};
const nodes = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const secrets = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

async function insideOf(world: World, name: string): Promise<Pick<Evidence, 'guest' | 'nodes'>> {
  const secret = await world.kube.get(secrets, { namespace: 'clusters', name: `${name}-admin-kubeconfig` });
  const { kubeconfig = '' } = (secret as { data?: Record<string, string> }).data ?? {};
  const path = join(world.directory, `${name}.kubeconfig`);
  writeFileSync(path, Buffer.from(kubeconfig, 'base64'));
  const guest = connect(await loadConnection({ path }), { userAgent: 'test' });
  try {
    const sets = (await guest.list(mirrorSets)).items as readonly MirrorSet[];
    const files = (await guest.list(nodes)).items.map(({ metadata }) => nodeFile(world, name, metadata.name ?? ''));
    return { guest: byName(sets.flatMap(({ spec }) => spec?.imageDigestMirrors ?? [])), nodes: inFiles(files) };
  } finally {
    await guest.close();
  }
}

function nodeFile({ data }: World, cluster: string, node: string): string {
  return readFileSync(join(data, 'nodes', `clusters-${cluster}`, node, 'etc/containers/registries.conf'), 'utf8');
}

function inFiles(files: readonly string[]): Evidence['nodes'] {
  const all = files.map(mirrorsIn);
  const [first = {}] = all;
  return all.every((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(first))) ? first : 'they differ';
}

// As much of registries.conf as the tests write: [[registry]] location, [[registry.mirror]] location.
function mirrorsIn(text: string): Mirrors {
  const entries = text
    .split('[[registry]]')
    .slice(1)
    .map((entry) => {
      const [source = '', ...mirrors] = [...entry.matchAll(/^\s*location = "([^"]*)"/gm)].map(
        ([, location = '']) => location,
      );
      return [source, mirrors] as const;
    });
  return Object.fromEntries(entries);
}

function byName(entries: readonly { readonly source: string; readonly mirrors?: readonly string[] }[]): Mirrors {
  return Object.fromEntries(entries.map(({ source, mirrors = [] }) => [source, [...mirrors]]));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
