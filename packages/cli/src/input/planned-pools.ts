import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { listScopes, type PlannedPool, plannedPool, type Scope, scopeName } from '@pullpath/pull-config';
import type { ChangeFlags } from '../commands/plan.ts';
import type { LoadedInput } from './load-objects.ts';
import { isOfCluster, scopeOf, spelledOut } from './scope.ts';

/** Both sides of a change for every pool that it may reach. */
export interface ChangedPools {
  readonly pools: readonly PlannedPool[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Renders the scopes that the flags name, else all that either side speaks of, before and after. */
export function plannedPools(before: LoadedInput, after: LoadedInput, flags: ChangeFlags): ChangedPools {
  const scopes = chosenScopes(before.objects, after.objects, flags);
  const planned = scopes.map((scope) =>
    plannedPool(before.objects, after.objects, scope, { releaseImage: flags.releaseImage }),
  );
  return {
    pools: planned.flatMap(({ value }) => value ?? []),
    diagnostics: [...before.diagnostics, ...after.diagnostics, ...planned.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function chosenScopes(before: readonly LocatedObject[], after: readonly LocatedObject[], flags: ChangeFlags): Scope[] {
  const { pool, hostedCluster, nodePool } = spelledOut(flags);
  if (pool ?? nodePool) return [scopeOf(flags, [...before, ...after])];
  const all = new Map([...listScopes(before), ...listScopes(after)].map((scope) => [scopeName(scope), scope]));
  const chosen = [...all.values()].filter((scope) => hostedCluster === undefined || isOfCluster(scope, hostedCluster));
  return chosen.length > 0 || hostedCluster === undefined ? chosen : [scopeOf(flags, [...before, ...after])];
}
