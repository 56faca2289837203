import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { listScopes, type PlannedPool, plannedPool, type Scope, scopeName } from '@pullpath/pull-config';
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
  const planned = scopes.map((scope) =>
    plannedPool(before.objects, after.objects, scope, { releaseImage: flags.releaseImage }),
  );
  return {
    pools: planned.flatMap(({ value }) => value ?? []),
    diagnostics: [...before.diagnostics, ...after.diagnostics, ...planned.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function chosenScopes(before: readonly LocatedObject[], after: readonly LocatedObject[], flags: ChangeFlags): Scope[] {
  if (flags.pool ?? flags.hostedCluster ?? flags.nodePool) return [scopeOf(flags, [...before, ...after])];
  const all = [...listScopes(before), ...listScopes(after)];
  return [...new Map(all.map((scope) => [scopeName(scope), scope])).values()];
}
