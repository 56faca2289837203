import type { Diagnostic } from '../../framework/diagnostic.ts';
import type { Plan } from '../../framework/plan.ts';
import type { Call } from '../../framework/resource.ts';
import { previewMirrors } from '../../preview/preview.ts';
import type { Context } from '../../provider/context.ts';
import { equal, isList, type ObjectValue, textsOf } from '../../wire/values.ts';

/** What a planned mirror does to nodes; nothing while the cluster is not known. */
export async function previewImageMirror(
  prior: ObjectValue | null,
  { planned }: Plan,
  call: Call<Context>,
): Promise<readonly Diagnostic[]> {
  const subject = planned ?? prior;
  const clusterId = subject?.['cluster_id'];
  if (subject === null || typeof clusterId !== 'string' || !changesNodes(prior, planned)) return [];
  const source = subject['source'];
  if (typeof source !== 'string') return previewMirrors(clusterId, [{ source: '', mirrors: undefined }], call);
  return previewMirrors(clusterId, [{ source, mirrors: mirrorsOf(planned) }], call);
}

function changesNodes(prior: ObjectValue | null, planned: ObjectValue | null): boolean {
  if (prior === null || planned === null) return true;
  return !['source', 'mirrors', 'type', 'cluster_id'].every((name) => equal(prior[name], planned[name]));
}

function mirrorsOf(planned: ObjectValue | null): readonly string[] | undefined {
  const mirrors = planned?.['mirrors'];
  return isList(mirrors) ? textsOf(mirrors) : undefined;
}
