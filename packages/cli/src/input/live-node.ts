import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { isNotFound, type KubeClient, type KubeObject, type Place, type Resource } from '@pullpath/kube-client';
import { connect, foreignConnection } from '@pullpath/kube-client/node';
import { nodeFilesOf } from '@pullpath/node-agent';
import { type NodeFile, nodeAnnotations } from '@pullpath/pull-config';
import { type LiveFlags, withLiveApi } from './live-api.ts';

/** A node of the management cluster, or of a hosted one. */
export interface LiveNodeFlags extends LiveFlags {
  readonly node: string;
  readonly cluster?: string;
}

/** What a node has, by the configuration that its agent says is in place. */
export interface LiveNode {
  readonly files: readonly NodeFile[];
  readonly runtime: 'crio' | 'containerd';
}

/** Asks an API server for the files of one of its nodes. Rejects with `node-unmanaged` for one without a configuration. */
export async function loadLiveNode({ node, cluster, ...flags }: LiveNodeFlags): Promise<LiveNode> {
  return withLiveApi(flags, async (client) =>
    cluster === undefined ? nodeOf(client, node) : inHostedCluster(client, cluster, (guest) => nodeOf(guest, node)),
  );
}

const nodes = resource('', 'v1', 'nodes', 'Node');
const machineConfigs = resource('machineconfiguration.openshift.io', 'v1', 'machineconfigs', 'MachineConfig');
const hostedClusters = resource('hypershift.openshift.io', 'v1beta1', 'hostedclusters', 'HostedCluster');
const secrets = resource('', 'v1', 'secrets', 'Secret');

function resource(group: string, version: string, plural: string, kind: string): Resource {
  const namespaced = kind === 'HostedCluster' || kind === 'Secret';
  return { group, version, plural, kind, namespaced };
}

async function nodeOf(client: KubeClient, name: string): Promise<LiveNode> {
  const node = await get(client, nodes, { name });
  const config = node.metadata.annotations?.[nodeAnnotations.currentConfig];
  if (config === undefined)
    throw new CodedError('node-unmanaged', `no agent has said which configuration node ${name} has`, {
      hint: 'start "pullpath agent" on it, or explain by the rules with --pool',
    });
  const version = valueAt(node, ['status', 'nodeInfo', 'containerRuntimeVersion']);
  const runtime = String(version).startsWith('containerd') ? 'containerd' : 'crio';
  return { runtime, files: nodeFilesOf(await get(client, machineConfigs, { name: config }), runtime) };
}

async function inHostedCluster<T>(
  client: KubeClient,
  cluster: string,
  work: (guest: KubeClient) => Promise<T>,
): Promise<T> {
  const { namespace, name = '' } = (await hostedCluster(client, cluster)).metadata;
  const secret = await get(client, secrets, { namespace, name: `${name}-admin-kubeconfig` });
  const kubeconfig = Buffer.from(String(valueAt(secret, ['data', 'kubeconfig'])), 'base64').toString();
  const guest = connect(await foreignConnection(kubeconfig), { userAgent: 'pullpath', deadlineMs: 30_000 });
  try {
    return await work(guest);
  } finally {
    await guest.close();
  }
}

async function hostedCluster(client: KubeClient, wanted: string): Promise<KubeObject> {
  const { items } = await client.list(hostedClusters);
  const found = items.filter(
    ({ metadata: { namespace, name } }) => wanted === name || wanted === `${namespace}/${name}`,
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const what = only ? 'several HostedClusters are' : 'no HostedCluster is';
  throw new CodedError('cluster-not-found', `${what} called ${wanted}`, { hint: 'name it as NAMESPACE/NAME' });
}

async function get(client: KubeClient, of: Resource, place: Place): Promise<KubeObject> {
  try {
    return await client.get(of, place);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const name = place.namespace === undefined ? place.name : `${place.namespace}/${place.name}`;
    throw new CodedError('object-not-found', `there is no ${of.kind} ${name}`, { cause: error });
  }
}
