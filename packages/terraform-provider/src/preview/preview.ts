import type { Diagnostic } from '../framework/diagnostic.ts';
import type { Call } from '../framework/resource.ts';
import type { Context } from '../provider/context.ts';
import { reasonOf } from '../provider/reason.ts';
import { clusterOutlook, type Outlook } from './outlook.ts';
import { allowListWarnings, rolloutWarning } from './warnings.ts';

/** A source and its mirrors that a plan adds, changes (`mirrors` are the new ones) or removes. */
export interface MirrorChange {
  readonly source: string;
  /** Undefined where the source goes. */
  readonly mirrors: readonly string[] | undefined;
}

/** Milliseconds that a plan waits for what it could say. */
const patience = 5000;

/**
 * The warnings of a plan that changes mirrors of a cluster: which pools it rolls (said once per cluster and run), and what
 * its allow list rejects. Never fails; asked only of servers that tell of the way to nodes.
 */
export async function previewMirrors(
  clusterId: string,
  changes: readonly MirrorChange[],
  { context, signal }: Call<Context>,
): Promise<readonly Diagnostic[]> {
  if (changes.length === 0) return [];
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  try {
    if (!(await context.tellsOfNodes())) return [];
    const outlook = await context.outlooks(clusterId, async () => clusterOutlook(context.client(), clusterId, limited));
    return [...onceRollout(context, clusterId, outlook), ...changes.flatMap((change) => judged(change, outlook))];
  } catch (cause) {
    context.log('debug', 'the plan cannot tell of the nodes', { cluster: clusterId, why: reasonOf(cause) });
    return [];
  }
}

function onceRollout({ told }: Context, clusterId: string, outlook: Outlook): readonly Diagnostic[] {
  if (told.has(clusterId)) return [];
  told.add(clusterId);
  return rolloutWarning(clusterId, outlook);
}

function judged({ source, mirrors }: MirrorChange, outlook: Outlook): readonly Diagnostic[] {
  return mirrors === undefined ? [] : allowListWarnings(source, mirrors, outlook);
}
