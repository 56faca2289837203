import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import type { KubeClient, Resource } from '@pullpath/kube-client';
import { nodeFilesOf } from '@pullpath/node-agent';
import { type NodeFile, nodeAnnotations } from '@pullpath/pull-config';
import { type LiveFlags, withLiveApi } from './live-api.ts';
import { getObject, inHostedCluster } from './live-cluster.ts';

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

function resource(group: string, version: string, plural: string, kind: string): Resource {
  return { group, version, plural, kind, namespaced: false };
}

async function nodeOf(client: KubeClient, name: string): Promise<LiveNode> {
  const node = await getObject(client, nodes, { name });
  const config = node.metadata.annotations?.[nodeAnnotations.currentConfig];
  if (config === undefined)
    throw new CodedError('node-unmanaged', `no agent has said which configuration node ${name} has`, {
      hint: 'start "pullpath agent" on it, or explain by the rules with --pool',
    });
  const version = valueAt(node, ['status', 'nodeInfo', 'containerRuntimeVersion']);
  const runtime = String(version).startsWith('containerd') ? 'containerd' : 'crio';
  return { runtime, files: nodeFilesOf(await getObject(client, machineConfigs, { name: config }), runtime) };
}
