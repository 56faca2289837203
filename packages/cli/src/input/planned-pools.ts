import type { KubeObject, LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import {
  listScopes,
  type PlannedPool,
  type RenderedScope,
  renderScope,
  type Scope,
  scopeName,
} from '@pullpath/pull-config';
import type { ChangeFlags } from '../commands/plan.ts';
import type { LoadedInput } from './load-objects.ts';
import { scopeOf } from './scope.ts';

/** Both sides of a change for every pool that it may reach. */
export interface ChangedPools {
  readonly pools: readonly PlannedPool[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Renders the scopes that the flags name, else all that either side speaks of, before and after. */
export function plannedPools(before: LoadedInput, after: LoadedInput, flags: ChangeFlags): ChangedPools {
  const scopes = chosenScopes(before.objects, after.objects, flags);
  const rendered = scopes.map((scope) => ({
    old: renderScope(before.objects, scope, { releaseImage: flags.releaseImage }),
    now: renderScope(after.objects, scope, { releaseImage: flags.releaseImage }),
  }));
  return {
    pools: rendered.map(({ old, now }) => plannedPool(old, now, after.objects)),
    diagnostics: [
      ...before.diagnostics,
      ...after.diagnostics,
      ...rendered.flatMap(({ old, now }) => [...old.diagnostics, ...now.diagnostics]),
    ],
  };
}

function chosenScopes(before: readonly LocatedObject[], after: readonly LocatedObject[], flags: ChangeFlags): Scope[] {
  if (flags.pool ?? flags.hostedCluster ?? flags.nodePool) return [scopeOf(flags, [...before, ...after])];
  const all = [...listScopes(before), ...listScopes(after)];
  return [...new Map(all.map((scope) => [scopeName(scope), scope])).values()];
}

function plannedPool(old: RenderedScope, now: RenderedScope, objects: readonly LocatedObject[]): PlannedPool {
  const { scope } = now;
  const plain = objects.map(({ object }) => object);
  return {
    name: scopeName(scope),
    before: { rules: old.rules, files: old.tree, registriesConf: old.registriesConf },
    after: { rules: now.rules, files: now.tree, registriesConf: now.registriesConf },
    object: plain.find((object) => isPoolObject(object, scope)),
    nodes: plain.filter((object) => isNodeOf(object, scope)),
    replacesNodes: plain.some((object) => isPoolObject(object, scope) && replaces(object)),
  };
}

function isPoolObject({ kind, metadata }: KubeObject, scope: Scope): boolean {
  if ('pool' in scope) return kind === 'MachineConfigPool' && metadata.name === scope.pool;
  return (
    kind === 'NodePool' && metadata.name === scope.nodePool && metadata.namespace === scope.hostedCluster.namespace
  );
}

function isNodeOf({ kind, metadata: { labels = {} } }: KubeObject, scope: Scope): boolean {
  if (kind !== 'Node') return false;
  if ('pool' in scope) return Object.hasOwn(labels, `node-role.kubernetes.io/${scope.pool}`);
  return labels['hypershift.openshift.io/nodePool'] === scope.nodePool;
}

function replaces(object: KubeObject): boolean {
  const spec = object['spec'] as { management?: { upgradeType?: string } } | undefined;
  return object.kind === 'NodePool' && spec?.management?.upgradeType !== 'InPlace';
}
