import { valueAt } from '@pullpath/api';
import { objectKey, rfc3339 } from '@pullpath/kube-client';
import {
  type HeldConfig,
  hostedClusterVersion,
  type MirrorCandidate,
  type MirrorDecision,
  marks,
  mirrorCopyAnnotations,
  mirrorCopyName,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { ownerReference } from '../../manager/owner.ts';
import { heldConfig, mirrorCandidate } from '../mirror-config-cache.ts';
import { textAt } from '../read-object.ts';
import { decideOnce } from './decisions.ts';
import type { Environment } from './reconcile.ts';

/** What was decided for a HostedCluster, and from what. */
export interface Mirrors {
  readonly decision: MirrorDecision;
  readonly candidate: MirrorCandidate | undefined;
  /** In force before the decision. */
  readonly held: HeldConfig | undefined;
}

/** Reads the ConfigMap that the cluster names and the copy in force, and decides. */
export function decideFor({ context, views, slots }: Environment, cluster: LiveObject, namespace: string): Mirrors {
  const copy = views.configMaps.get(objectKey(mirrorCopyName, namespace));
  const [controlPlane] = views.controlPlanes.byIndex('namespace', namespace);
  const held = copy && heldConfig(copy);
  const candidate = candidateOf(cluster, (key) => views.configMaps.get(key));
  const { tagMirrorMinVersion } = context.settings;
  const decide = (taken: MirrorCandidate | undefined): MirrorDecision =>
    decideOnce({
      hostedCluster: located(cluster),
      version: hostedClusterVersion(located(cluster), rfc3339(context.clock.now())),
      tagMirrorMinVersion,
      candidate: taken,
      held,
      controlPlane: controlPlane && located(controlPlane),
    });
  const decision = decide(candidate);
  const changes = decision.copy.action === 'accept' && decision.copy.hash !== held?.hash;
  if (!candidate || !changes || slots.admits(cluster, candidate)) return { decision, candidate, held };
  return { decision: decide({ ...candidate, waitsForTurn: true }), candidate, held };
}

function candidateOf(
  cluster: LiveObject,
  configMap: (key: string) => LiveObject | undefined,
): MirrorCandidate | undefined {
  const name = valueAt(cluster, ['spec', 'imageMirrorConfigRef', 'name']);
  if (typeof name !== 'string' || name === '') return undefined;
  return mirrorCandidate(cluster, name, configMap(objectKey(name, cluster.metadata.namespace)));
}

/** Makes the copy beside the control plane what was decided. Gives what is in force then. */
export async function ensureCopy(
  { views }: Environment,
  plane: LiveObject,
  { decision: { copy }, candidate, held }: Mirrors,
): Promise<HeldConfig | undefined> {
  const place = { namespace: plane.metadata.namespace ?? '', name: mirrorCopyName };
  if (copy.action === 'keep') return held;
  if (copy.action === 'remove') {
    const present = views.configMaps.get(objectKey(place.name, place.namespace));
    if (present) await views.configMaps.remove(present);
    return undefined;
  }
  if (!candidate?.configMap || isInForce(copy.hash, candidate, held)) return held;
  const written = await views.configMaps.ensure({
    metadata: {
      ...place,
      labels: { [marks.managed]: 'true' },
      annotations: mirrorCopyAnnotations(copy.config, candidate.configMap, copy.hash),
      ownerReferences: [ownerReference(plane)],
    },
    data: copy.data,
  });
  return heldConfig(written);
}

/** The same rules from the same ConfigMap: another revision of it changes nothing that anyone reads. */
function isInForce(
  hash: string,
  { configMap, namespace, name }: MirrorCandidate,
  held: HeldConfig | undefined,
): boolean {
  const uid = textAt(configMap?.object, ['metadata', 'uid']);
  return held?.hash === hash && held.source === `${namespace}/${name}` && held.uid === uid;
}
