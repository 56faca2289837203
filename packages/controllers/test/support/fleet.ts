import { valueAt } from '@pullpath/api';
import { type Clock, events, Informer, type KubeClient } from '@pullpath/kube-client';
import { loadRegistriesConf, marks, prepareResolver, resolvePull } from '@pullpath/pull-config';
import { onTestFinished } from 'vitest';
import { guest } from '../../src/hypershift/guest/index.ts';
import { hostedCluster } from '../../src/hypershift/hosted-cluster/index.ts';
import { nodePool } from '../../src/hypershift/node-pool/index.ts';
import { hostedClusters, nodePools, operatorSecrets } from '../../src/hypershift/resources.ts';
import type { ControllerSettings, LiveObject } from '../../src/index.ts';
import { configMaps, machineConfigs, nodes, tagMirrorSets } from '../../src/resources.ts';
import { eventually, find, type Others, settled, startControlPlane, type TestControlPlane } from './control-plane.ts';
import { actForNodes, type FakeMachines, fakeMachines } from './fake-machines.ts';
import { putHostedCluster, putNamespace, putNodePool } from './fixtures.ts';

/** A management cluster with controllers at work and machines that join, as the acceptance scenarios assume it. */
export interface Fleet {
  readonly plane: TestControlPlane;
  readonly client: KubeClient;
  readonly machines: FakeMachines;
  /** A client of a hosted cluster, as its administrator. */
  readonly guest: (namespace?: string) => KubeClient;
  /** How often the payload of a pool changed since the last call. */
  rolls(pool: string): number;
  settle(): Promise<void>;
  /** Nodes do nothing until the function that this gives is called. */
  holdNodes(): () => void;
}

const definitions = [hostedCluster, guest, nodePool];

/** Starts an empty management cluster with namespace `clusters`. */
export async function startFleet(
  settings: Partial<ControllerSettings> = {},
  guestApis = true,
  clock?: Clock,
): Promise<Fleet> {
  const later: { plane?: TestControlPlane } = {};
  const planeOf = (): TestControlPlane => {
    if (!later.plane) throw new Error('asked before it was started');
    return later.plane;
  };
  const machines = fakeMachines(
    () => planeOf().client(),
    (namespace) => planeOf().client(namespace),
  );
  const ignitionUrl = 'https://ignition.example.com/ignition';
  const plane = await startControlPlane({
    definitions,
    settings: { machines, ignitionUrl, ...settings },
    guestApis,
    ...(clock && { clock }),
  });
  later.plane = plane;
  const client = plane.client();
  await putNamespace(client, 'clusters');
  const actor = actInBackground(plane);
  return {
    plane,
    client,
    machines,
    guest: (namespace = 'clusters-my-cluster') => plane.client(namespace),
    rolls: await countRolls(client),
    settle: async () => settled(plane, actor),
    holdNodes: () => actor.hold(),
  };
}

/** A fleet with `clusters/my-cluster` of 4.21.0 and its pools `a` (Replace) and `b` (InPlace), three nodes each, settled. */
export async function startScenario(spec: object = {}, settings: Partial<ControllerSettings> = {}): Promise<Fleet> {
  const fleet = await startFleet(settings);
  await putHostedCluster(fleet.client, spec);
  await putNodePool(fleet.client, 'a');
  await putNodePool(fleet.client, 'b', { management: { upgradeType: 'InPlace' } });
  await fleetReady(fleet, 6);
  fleet.rolls('a');
  fleet.rolls('b');
  return fleet;
}

/** Waits until a hosted cluster has that many nodes and nothing is written any more. */
export async function fleetReady(fleet: Fleet, count: number, namespace?: string): Promise<void> {
  await eventually(async () => {
    if (!fleet.plane.server.api.clusterNames().includes(namespace ?? 'clusters-my-cluster')) return false;
    const { items } = await fleet.guest(namespace).list(nodes.resource);
    return items.length === count;
  }).catch((error: unknown) => {
    throw new Error(`no ${count} nodes: ${String(error)} ${String(fleet.plane.faults[0])}`);
  });
  await fleet.settle();
}

interface NodeActor extends Others {
  hold(): () => void;
}

/** Nodes at work in the background. */
function actInBackground(plane: TestControlPlane): NodeActor {
  const state = { held: false, ended: false, rounds: 0, acts: 0 };
  const loop = async (): Promise<void> => {
    while (!state.ended) {
      const names = state.held ? [] : plane.server.api.clusterNames().filter((name) => name !== 'root');
      for (const name of names)
        state.acts += Number(
          await actForNodes(plane.client(name)).catch((error: unknown) => plane.faults.push(error) < 0),
        );
      state.rounds++;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const done = loop();
  onTestFinished(async () => {
    state.ended = true;
    await done;
  });
  return {
    get rounds() {
      return state.rounds;
    },
    get acts() {
      return state.acts;
    },
    hold() {
      state.held = true;
      return () => {
        state.held = false;
      };
    },
  };
}

async function countRolls(client: KubeClient): Promise<(pool: string) => number> {
  const targets = new Map<string, string[]>();
  const informer = new Informer<LiveObject>({ client, resource: operatorSecrets.resource, report: () => undefined });
  const stop = new AbortController();
  const ended = informer.run(stop.signal);
  informer.store.onChange((change) => {
    const { name, annotations } = change.object.metadata;
    const pool = annotations?.[marks.nodePool]?.split('/').at(-1);
    if (pool === undefined || !name.startsWith('token-') || change.type === 'deleted') return;
    const ends = (object: LiveObject): unknown => object.metadata.annotations?.[marks.tokenExpiration];
    const isTarget = ends(change.object) === undefined && (change.type === 'added' || ends(change.old) !== undefined);
    const known = targets.get(pool) ?? [];
    targets.set(pool, known);
    if (isTarget && known.at(-1) !== name) known.push(name);
  });
  await informer.synced(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return (pool) => {
    const known = targets.get(pool) ?? [];
    const count = Math.max(0, known.length - 1);
    targets.set(pool, known.slice(-1));
    return count;
  };
}

/** A condition of the HostedCluster `my-cluster`, or of another object. */
export function conditionOf(object: LiveObject | undefined, type: string): Record<string, string> | undefined {
  const conditions = valueAt(object, ['status', 'conditions']);
  return Array.isArray(conditions) ? conditions.find((each) => each.type === type) : undefined;
}

export async function clusterOf({ client }: Fleet, name = 'my-cluster', namespace = 'clusters') {
  return find(client, hostedClusters, { namespace, name });
}

export async function poolOf({ client }: Fleet, name: string) {
  return find(client, nodePools, { namespace: 'clusters', name });
}

/** A ConfigMap beside the control plane of `my-cluster`. */
export async function controlPlaneConfigMap({ client }: Fleet, name: string, namespace = 'clusters-my-cluster') {
  return find(client, configMaps, { namespace, name });
}

export const coreMirrors = 'ignition-config-40-image-content-source';

/** The registries.conf that nodes of a pool are to have. */
export async function registriesConf(fleet: Fleet, pool: string): Promise<string> {
  const found = await poolOf(fleet, pool);
  const hash = found?.metadata.annotations?.[marks.nodePoolCurrentConfigVersion];
  const config = await find(fleet.guest(), machineConfigs, { name: `rendered-${pool}-${hash}` });
  const files = valueAt(config, ['spec', 'config', 'storage', 'files']);
  const file = (Array.isArray(files) ? files : []).find((each) => each.path === '/etc/containers/registries.conf');
  return Buffer.from(String(file?.contents?.source ?? '').split('base64,')[1] ?? '', 'base64').toString();
}

/** Rules of a mirror object. */
export function rulesOf(object: LiveObject | undefined): unknown {
  return valueAt(object, ['spec', 'imageDigestMirrors']) ?? valueAt(object, ['spec', 'imageTagMirrors']);
}

/** `<cluster>-image-tag-mirrors` on the management cluster. */
export async function recordOf({ client }: Fleet, name = 'my-cluster') {
  return find(client, tagMirrorSets, { name: `${name}-image-tag-mirrors` });
}

/** What a node asks for, in order, when it pulls an image with a registries.conf. A blocked attempt is `blocked`. */
export function pullsOf(conf: string, image: string): readonly string[] {
  const { value } = loadRegistriesConf({ file: 'registries.conf', text: conf }, []);
  if (!value) throw new Error(`no registries.conf: ${conf}`);
  return resolvePull(prepareResolver(value), image)
    .attempts.filter(({ outcome }) => outcome !== 'skipped')
    .map(({ reference, outcome }) => (outcome === 'blocked' ? 'blocked' : reference));
}

/** Reasons of the events on an object, each as often as it is counted. */
export async function eventsOf({ client }: Fleet, kind: string, name: string): Promise<readonly string[]> {
  const { items } = await client.list(events);
  return items
    .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name)
    .flatMap(({ reason, count }) => Array.from({ length: count }, () => reason));
}
