import { isNested } from '@pullpath/oci';
import { type Diagnostic, warning } from '../framework/diagnostic.ts';
import type { Outlook, Pool } from './outlook.ts';

/** What a change of mirrors does to the nodes of a cluster. */
export function rolloutWarning(clusterId: string, { pools }: Outlook): readonly Diagnostic[] {
  if (pools.length === 0) return [];
  const detail = `The image mirrors of cluster '${clusterId}' are part of the configuration of its nodes. This change rolls ${poolsText(pools)}, a few nodes at a time. Edits that come close together are one rollout.`;
  return [warning('Node Pools Will Be Updated', detail)];
}

function poolsText(pools: readonly Pool[]): string {
  const names = pools.map(({ id, replicas }) => `${id} (${replicas} ${replicas === 1 ? 'node' : 'nodes'})`);
  return `${pools.length === 1 ? 'node pool' : 'the node pools'} ${names.join(', ')}`;
}

/** Whether the allow list of a cluster lets images of a source be pulled. It is judged by the source, not by the mirror. */
export function allowListWarnings(
  source: string,
  mirrors: readonly string[],
  { allowed }: Outlook,
): readonly Diagnostic[] {
  if (allowed === undefined) return [];
  if (!isCovered(source, allowed)) return [sourceWarning(source, allowed)];
  const outside = mirrors.filter((mirror) => !isCovered(mirror, allowed));
  return outside.length === 0 ? [] : [mirrorNote(source, outside)];
}

function isCovered(name: string, allowed: readonly string[]): boolean {
  return allowed.some((scope) => isNested(name, scope));
}

function sourceWarning(source: string, allowed: readonly string[]): Diagnostic {
  const below = allowed.filter((scope) => isNested(scope, source));
  const what = below.length === 0 ? 'every pull of it is rejected' : `only ${below.join(', ')} can be pulled of it`;
  const detail = `The cluster allows ${allowed.join(', ')} only. ${source} is not among them, so ${what}, mirrors or not: the allow list is judged by the name in the pod, not by the mirror. Add ${source} to registry_config.registry_sources.allowed_registries.`;
  return warning('Source Is Not On The Allow List', detail, ['source']);
}

function mirrorNote(source: string, outside: readonly string[]): Diagnostic {
  const detail = `Nothing to do for nodes: ${outside.join(', ')} is not on the allow list of the cluster, and pulls of ${source} go there all the same, because the list is judged by the source. An image that names the mirror itself is rejected.`;
  return warning('Note: Mirror Is Not On The Allow List', detail, ['mirrors']);
}
