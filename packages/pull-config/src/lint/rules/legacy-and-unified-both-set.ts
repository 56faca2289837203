import { type LocatedObject, type Origin, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { hostedClusterKind, nodePoolsOf } from '../../collect/hosted-objects.ts';
import { objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { nameOf, related } from '../origins.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'legacy-and-unified-both-set';

/** `imageMirrorConfigRef` beside `imageContentSources`, or beside tag mirrors in the ConfigMaps of every NodePool. */
export const legacyAndUnifiedBothSet: LintRule = {
  code,
  severity: 'warning',
  why: 'Both apply: the older rules are tried first and the ConfigMap adds to them, so that changing it alone does not change where pulls go.',
  check: (context) =>
    objectsOfKind(context.objects, hostedClusterKind).flatMap((cluster) => findBoth(cluster, context)),
};

const referencePath: Path = ['spec', 'imageMirrorConfigRef', 'name'];

function findBoth(cluster: LocatedObject, context: LintContext): Diagnostic[] {
  const name = valueAt(cluster.object, referencePath);
  if (typeof name !== 'string' || name === '') return [];
  return [...contentSources(cluster), ...poolTagMirrors(cluster, context)].map(({ origin, what }) => {
    const message = `${what} add to the mirrors of ConfigMap "${name}", which imageMirrorConfigRef names`;
    const hint = 'keep all mirrors in that ConfigMap; "pullpath migrate content-sources" moves them there';
    const places = [related('the unified configuration', { of: cluster, path: referencePath })];
    return diagnose('warning', code, message, origin, { hint, related: places });
  });
}

interface Legacy {
  readonly origin: Origin;
  readonly what: string;
}

function contentSources(of: LocatedObject): Legacy[] {
  const path: Path = ['spec', 'imageContentSources'];
  const list = valueAt(of.object, path);
  return Array.isArray(list) && list.length > 0 ? [{ origin: { of, path }, what: 'imageContentSources' }] : [];
}

/** A pool may well have rules that others do not have; tag mirrors in every pool are what the unified form replaces. */
function poolTagMirrors(cluster: LocatedObject, { objects, mirrorEntries }: LintContext): Legacy[] {
  const { namespace, name = '' } = cluster.object.metadata;
  const perPool = nodePoolsOf(objects, namespace, name).map((pool) => {
    const names = configNames(pool);
    return mirrorEntries.filter((rule) => isTagRuleOf(rule, names, pool.object.metadata.namespace));
  });
  if (perPool.some((rules) => rules.length === 0)) return [];
  const documents = new Set(perPool.flat().map(({ origin }) => origin.of));
  return [...documents].map((of) => ({
    origin: { of, path: ['kind'] },
    what: `the tag mirrors of "${nameOf(of)}" in every NodePool`,
  }));
}

function configNames(pool: LocatedObject): readonly unknown[] {
  const config = valueAt(pool.object, ['spec', 'config']);
  return Array.isArray(config) ? config.map((entry) => valueAt(entry, ['name'])) : [];
}

function isTagRuleOf({ kind, origin }: MirrorRule, names: readonly unknown[], namespace: string | undefined): boolean {
  const { embedded } = origin.of;
  const { metadata } = embedded?.in.object ?? {};
  return (
    kind === 'itms' &&
    embedded?.path[1] === 'config' &&
    names.includes(metadata?.name) &&
    [undefined, namespace].includes(metadata?.namespace)
  );
}
