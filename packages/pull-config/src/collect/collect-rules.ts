import type { LocatedObject } from '@pullpath/api';
import type { Scope } from '../model.ts';
import { collectHosted } from './collect-hosted.ts';
import { collectPool } from './collect-pool.ts';
import type { Collected, CollectOptions } from './collected.ts';
import { withoutReplaced } from './objects.ts';

/**
 * The rules that decide the files of one scope, from every source that there is, each with its origin: for a pool the
 * cluster's own objects, for a NodePool what its HostedCluster and itself say, in their order of precedence. Objects of
 * other scopes are left alone. Values of a wrong type yield no rule; `validateObject` reports them.
 */
export function collectRules(objects: readonly LocatedObject[], scope: Scope, options: CollectOptions = {}): Collected {
  const applied = withoutReplaced(objects);
  const collected =
    'pool' in scope
      ? collectPool(applied.objects, scope.pool, options)
      : collectHosted(applied.objects, scope, options);
  return { ...collected, diagnostics: [...applied.diagnostics, ...collected.diagnostics] };
}
