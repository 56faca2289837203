import { valueAt } from '@pullpath/api';
import { keyOf } from '@pullpath/kube-client';
import { decideMirrors, type MirrorDecision, type MirrorInput } from '@pullpath/pull-config';
import { Recent } from '../recent.ts';

const mostDecisions = 2_000;
const decisions = new Recent<MirrorDecision>(mostDecisions);

/**
 * `decideMirrors`, once for equal input. Clusters of a fleet that say nothing of their own have their decision in common;
 * what a cluster says itself is part of messages that name it.
 */
export function decideOnce(input: MirrorInput): MirrorDecision {
  return decisions.get(fingerprint(input), () => decideMirrors(input));
}

const fields = ['imageContentSources', 'imageTagMirrorSet'] as const;

function fingerprint({
  hostedCluster,
  controlPlane,
  candidate,
  held,
  version,
  tagMirrorMinVersion,
}: MirrorInput): string {
  const own = fields.map((field) => valueAt(hostedCluster.object, ['spec', field]));
  const inForce = fields.map((field) => valueAt(controlPlane?.object, ['spec', field]));
  const saysNothing = [...own, ...inForce].every((field) => field === undefined);
  const whose = saysNothing ? '' : keyOf(hostedCluster.object);
  const seen = candidate && [candidate.namespace, candidate.name, candidate.waitsForTurn, identityOf(candidate.config)];
  const kept = held && identityOf(held);
  return JSON.stringify([whose, own, inForce, seen, kept, version?.text, tagMirrorMinVersion]);
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number for each value that was read; reading is done once for each content. */
function identityOf(value: object): number {
  const known = identities.get(value) ?? ++lastIdentity;
  identities.set(value, known);
  return known;
}
