import { isNotFound } from '@pullpath/kube-client';
import { type EffectiveFiles, effectiveFiles, type NodeRuntime } from '../config/effective-files.ts';
import type { LocalState } from '../root/local-state.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { keptFile } from '../root/state-store.ts';
import type { AgentApi } from './agent-api.ts';

/** What a configuration puts on a node with a runtime; undefined for one that the API does not have. */
export async function wantedFiles(
  api: AgentApi,
  config: string,
  runtime: NodeRuntime,
): Promise<EffectiveFiles | undefined> {
  try {
    return effectiveFiles(await api.config(config), runtime);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The configuration that the node had before, as it is kept there for the way back; undefined for another one. */
export function filesOfBefore(root: NodeRoot, { previous }: LocalState, config: string): EffectiveFiles | undefined {
  if (previous?.config !== config) return undefined;
  return { files: previous.files.map((record) => keptFile(root, record)), unapplied: [] };
}
