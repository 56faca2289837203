import { type LocatedObject, objectName } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { hostedClusterKind } from '../../collect/hosted-objects.ts';
import { isMirrorObject } from '../../collect/mirror-rules.ts';
import { objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import { isHostedMirrorRecord } from '../../hypershift/mirror-config/mirror-scope.ts';
import { related } from '../origins.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'mirror-object-beside-hosted-cluster';

/** A mirror object of its own next to a HostedCluster: it is about the management cluster. */
export const mirrorObjectBesideHostedCluster: LintRule = {
  code,
  severity: 'info',
  why: 'Nodes of a HostedCluster get their mirrors from the HostedCluster and its NodePools alone; in the guest cluster such objects are refused.',
  check: findBeside,
};

function findBeside({ objects }: LintContext): Diagnostic[] {
  const [cluster] = objectsOfKind(objects, hostedClusterKind);
  if (!cluster) return [];
  return objects
    .filter((located) => located.embedded === undefined && isMirrorObject(located))
    .filter(({ object }) => !isHostedMirrorRecord(object))
    .map((located) => report(located, cluster));
}

function report(located: LocatedObject, cluster: LocatedObject): Diagnostic {
  const message = `${objectName(located.object)} configures the cluster that holds it, not the nodes of ${objectName(cluster.object)}`;
  const hint =
    'for those, put it into the ConfigMap that imageMirrorConfigRef names, or that spec.config of a NodePool names';
  const places = [related('the HostedCluster', { of: cluster, path: ['metadata', 'name'] })];
  return diagnose('info', code, message, { of: located, path: ['kind'] }, { hint, related: places });
}
