import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { hostedClusterKind } from '../../collect/hosted-objects.ts';
import { objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import type { RenderedScope } from '../../render-scope.ts';
import { below, related } from '../origins.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'olm-catalogs-ignore-mirrors';

/** Mirrors for the operator catalogs of a HostedCluster whose catalogs run in the management cluster. */
export const olmCatalogsIgnoreMirrors: LintRule = {
  code,
  severity: 'info',
  why: 'Catalogs that run in the management cluster come from image streams, which know no mirrors of the HostedCluster: without an annotation they go on asking the public registry.',
  check: findCatalogMirrors,
};

function findCatalogMirrors({ objects, scopes }: LintContext): Diagnostic[] {
  return objectsOfKind(objects, hostedClusterKind)
    .filter(runsCatalogsOutside)
    .flatMap((cluster) => {
      const rules = scopes.filter((scope) => isOf(scope, cluster)).flatMap((scope) => scope.rules.rules);
      const rule = rules.find(({ source }) => isNested(catalogRepository, source));
      return rule ? [report(cluster, rule)] : [];
    });
}

const catalogRepository = 'registry.redhat.io/redhat/redhat-operator-index';
const placementPath: Path = ['spec', 'olmCatalogPlacement'];
const annotation = 'hypershift.openshift.io/olm-catalogs-is-registry-overrides';

/** The default placement; an annotation for registries or single catalogs settles the matter. */
function runsCatalogsOutside({ object }: LocatedObject): boolean {
  const annotations = Object.keys(object.metadata.annotations ?? {});
  const isSettled = annotations.some((key) => key === annotation || key.endsWith('-catalog-image'));
  return !isSettled && valueAt(object, placementPath) !== 'guest';
}

function isOf({ scope }: RenderedScope, { object: { metadata } }: LocatedObject): boolean {
  if ('pool' in scope) return false;
  const { namespace, name } = scope.hostedCluster;
  return name === metadata.name && namespace === (metadata.namespace ?? 'default');
}

function report(of: LocatedObject, { source, origin }: MirrorRule): Diagnostic {
  const isStated = valueAt(of.object, placementPath) !== undefined;
  const message = `the mirrors of "${source}" do not serve the operator catalogs, which run in the management cluster`;
  const hint = `annotate the HostedCluster with ${annotation}: "SOURCE=MIRROR"; olmCatalogPlacement: guest can only be chosen at creation`;
  const places = [related('the mirrors', below(origin, 'source'))];
  const path = isStated ? placementPath : ['metadata', 'name'];
  return diagnose('info', code, message, { of, path }, { hint, related: places });
}
