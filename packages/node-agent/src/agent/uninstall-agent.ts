import { resolve } from 'node:path';
import { isNotFound, type KubeClient } from '@pullpath/kube-client';
import { policiesOf, reloadsFor } from '../config/policies.ts';
import { runActions } from '../effects/effects.ts';
import { openRoot } from '../root/node-root.ts';
import { loadState, removeRecords } from '../root/state-store.ts';
import { agentAnnotations } from '../steps/annotations.ts';
import { giveBackFiles, type Uninstalled } from '../update/uninstall.ts';
import { nodes } from './agent-api.ts';
import { type AgentOptions, effectsOf } from './run-agent.ts';

/**
 * Undoes all that an agent did to a node: its files, its records and its words on the Node. Reloads CRI-O where its files
 * change; never reboots. Rejects with a `KubeError` when the Node cannot be told, after the files are in order.
 */
export async function uninstallAgent(
  options: Pick<AgentOptions, 'node' | 'root' | 'runtime' | 'reloadBy' | 'effects'> & { readonly client: KubeClient },
): Promise<Uninstalled> {
  const root = openRoot(resolve(options.root));
  const local = loadState(root);
  const outcome = giveBackFiles(root, local);
  const actions = reloadsFor(outcome.restored, policiesOf(undefined, options.runtime ?? 'crio'));
  const effects = options.effects ?? effectsOf(root, options);
  await runActions(effects, actions);
  removeRecords(root);
  await forgetNode(options.client, options.node);
  return outcome;
}

async function forgetNode(client: KubeClient, name: string): Promise<void> {
  const { desiredConfig: _, lastAppliedDrain: __, ...written } = agentAnnotations;
  const annotations = Object.fromEntries(Object.values(written).map((annotation) => [annotation, null]));
  try {
    await client.patch(nodes, { name }, 'merge', { metadata: { annotations } });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
