import { type ImageMirror, listImageMirrors } from '@pullpath/ocm-api/client';
import { type Diagnostic, warning } from '../../framework/diagnostic.ts';
import type { Plan } from '../../framework/plan.ts';
import type { Call } from '../../framework/resource.ts';
import { type MirrorChange, previewMirrors } from '../../preview/preview.ts';
import type { Context } from '../../provider/context.ts';
import { equal, type ObjectValue } from '../../wire/values.ts';
import { setDifference } from './difference.ts';
import { setState } from './state.ts';

/** What a planned set does to nodes, and, when it takes over a cluster, which mirrors it removes. */
export async function previewSet(
  prior: ObjectValue | null,
  { planned }: Plan,
  call: Call<Context>,
): Promise<readonly Diagnostic[]> {
  const subject = planned ?? prior;
  if (typeof subject?.['cluster_id'] !== 'string') return [];
  if (planned !== null && prior !== null && equal(prior['mirrors'], planned['mirrors'])) return [];
  const { clusterId } = setState(subject);
  const warnings = await previewMirrors(clusterId, changesOf(prior, planned), call);
  return prior === null ? [...(await takeoverWarning(clusterId, subject, call)), ...warnings] : warnings;
}

function changesOf(prior: ObjectValue | null, planned: ObjectValue | null): MirrorChange[] {
  const before = prior === null ? {} : setState(prior).mirrors;
  const after = planned === null ? {} : setState(planned).mirrors;
  const sources = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = sources.filter((source) => !equal(before[source], after[source]));
  return changed.map((source) => ({ source, mirrors: after[source] }));
}

// Only what the server has tells this, and only where it can be asked.
async function takeoverWarning(
  clusterId: string,
  planned: ObjectValue,
  { context, signal }: Call<Context>,
): Promise<readonly Diagnostic[]> {
  const existing = await existingMirrors(clusterId, context, signal);
  const { remove } = setDifference(existing, setState(planned).mirrors);
  if (remove.length === 0) return [];
  const sources = remove.map(({ source }) => source).join(', ');
  const detail = `Cluster '${clusterId}' has mirrors that are not in the set, and the set is all that the cluster may have: ${sources}. Add them to the set, or import it first: terraform import ADDRESS_OF_THIS_RESOURCE ${clusterId}`;
  return [warning('Existing Image Mirrors Will Be Removed', detail, ['mirrors'])];
}

async function existingMirrors(
  clusterId: string,
  context: Context,
  signal: AbortSignal,
): Promise<readonly ImageMirror[]> {
  try {
    return await listImageMirrors(context.client(), clusterId, { signal });
  } catch {
    return [];
  }
}
