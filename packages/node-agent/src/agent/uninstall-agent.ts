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

/** Undoes what an agent did to a machine: its files and its records. Reloads CRI-O where its files change; never reboots. */
export async function giveBackNode(
  options: Pick<AgentOptions, 'root' | 'runtime' | 'reloadBy' | 'effects'>,
): Promise<Uninstalled> {
  const root = openRoot(resolve(options.root));
  const outcome = giveBackFiles(root, loadState(root));
  const actions = reloadsFor(outcome.restored, policiesOf(undefined, options.runtime ?? 'crio'));
  await runActions(options.effects ?? effectsOf(root, options), actions);
  removeRecords(root);
  return outcome;
}

/** Takes back what an agent said on its Node; a Node that is gone says nothing any more. Rejects with a `KubeError`. */
export async function forgetNode(client: KubeClient, name: string): Promise<void> {
  const { desiredConfig: _, lastAppliedDrain: __, ...written } = agentAnnotations;
  const annotations = Object.fromEntries(Object.values(written).map((annotation) => [annotation, null]));
  try {
    await client.patch(nodes, { name }, 'merge', { metadata: { annotations } });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
