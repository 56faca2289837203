import { isNotFound, keyOf, type Resource } from '@pullpath/kube-client';
import { type MirrorDecision, marks, tagMirrorRecord, tagMirrorRecordName } from '@pullpath/pull-config';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import type { Environment } from './reconcile.ts';

/** Why there is no record of a cluster's tag mirrors, where there should be one. */
export interface RecordState {
  readonly conflict?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * The ImageTagMirrorSet that records `imageTagMirrorSet` on the management cluster (hypershift 2.11). The first cluster of
 * a name keeps it until it is deleted, and an object that is not ours is never touched.
 */
export async function ensureTagMirrorRecord(
  { context, views }: Environment,
  cluster: LiveObject,
  { fields }: MirrorDecision,
): Promise<RecordState> {
  const name = tagMirrorRecordName(cluster.metadata.name);
  const present = views.tagMirrorSets.get(name);
  const owner = present?.metadata.annotations?.[marks.cluster];
  const isOurs = owner === keyOf(cluster);
  const record = tagMirrorRecord(located(cluster), fields.imageTagMirrorSet);
  const isEnabled = await recordsEnabled(context);
  if (!record || !isEnabled) {
    if (present && isOurs) await views.tagMirrorSets.remove(present);
    return record ? { note: 'the record of the tag mirrors on the management cluster is disabled' } : {};
  }
  if (present && !isOurs) return { conflict: conflictText(name, owner) };
  await views.tagMirrorSets.ensure({ ...record, metadata: { ...record.metadata, name } });
  return {};
}

/** Deletes the record of a cluster, if it is that cluster's. */
export async function removeTagMirrorRecord({ views }: Environment, cluster: string, name: string): Promise<void> {
  const present = views.tagMirrorSets.get(tagMirrorRecordName(name));
  if (present?.metadata.annotations?.[marks.cluster] === cluster) await views.tagMirrorSets.remove(present);
}

function conflictText(name: string, owner: string | undefined): string {
  const whose = owner === undefined ? 'is not managed by this operator' : `belongs to HostedCluster ${owner}`;
  return `ImageTagMirrorSet ${name} ${whose}; the tag mirrors reach nodes and the hosted cluster all the same`;
}

const deployments: Resource<LiveObject> = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};
const foreign = { namespace: 'openshift-machine-config-operator', name: 'machine-config-controller' };
/** Annotation of a machine-config-controller that leaves objects of hosted clusters alone. */
const capability = 'pullpath.dev/honours-mirror-scope';

const enabled = new WeakMap<ControllerContext, Promise<boolean>>();

/** Another machine-config-operator would configure the management cluster's own nodes by the record. */
async function recordsEnabled(context: ControllerContext): Promise<boolean> {
  if (context.settings.managementTagMirrorObjects === 'disabled') return false;
  const known = enabled.get(context) ?? ignoresRecords(context);
  enabled.set(context, known);
  try {
    return await known;
  } catch (error) {
    enabled.delete(context);
    throw error;
  }
}

async function ignoresRecords({ management }: ControllerContext): Promise<boolean> {
  try {
    const deployment = await management.client.get(deployments, foreign);
    return deployment.metadata.annotations?.[capability] === 'true';
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}
