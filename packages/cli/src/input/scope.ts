import type { LocatedObject } from '@pullpath/api';
import { listScopes, type Scope, scopeName } from '@pullpath/pull-config';
import type { ScopeFlags } from '../commands/shared-options.ts';
import { UsageError } from '../usage-error.ts';

/** The scope that the flags name; pool `worker` where they name none. Throws `UsageError` for half a NodePool. */
export function scopeOf(flags: ScopeFlags, objects: readonly LocatedObject[]): Scope {
  const { pool, hostedCluster, nodePool } = spelledOut(flags);
  if (hostedCluster === undefined && nodePool === undefined) return poolScope(pool, objects);
  const candidates = nodePools(objects).filter((scope) => isNamed(scope, hostedCluster, nodePool));
  const [only, ...others] = candidates;
  if (only && others.length === 0) return only;
  if (hostedCluster?.includes('/') && nodePool) return named(hostedCluster, nodePool);
  throw new UsageError(others.length === 0 ? missing(hostedCluster, nodePool) : ambiguous(candidates));
}

/** `--cluster C --pool P` is `--hosted-cluster C --node-pool P` in the words of who has a fleet. */
export function spelledOut(flags: ScopeFlags): ScopeFlags {
  const { cluster, pool, nodePool = pool, ...rest } = flags;
  return cluster === undefined ? flags : { ...rest, hostedCluster: cluster, ...(nodePool ? { nodePool } : {}) };
}

function poolScope(pool: string | undefined, objects: readonly LocatedObject[]): Scope {
  const scopes = listScopes(objects);
  if (pool === undefined && scopes.length > 0 && scopes.every((scope) => 'nodePool' in scope)) {
    process.stderr.write(
      `hint: the input configures hosted clusters only; choose a NodePool with --hosted-cluster and --node-pool: ${scopes.map(scopeName).join(', ')}\n`,
    );
  }
  return { pool: pool ?? 'worker' };
}

type NodePoolScope = Extract<Scope, { nodePool: string }>;

function nodePools(objects: readonly LocatedObject[]): NodePoolScope[] {
  return listScopes(objects).filter((scope): scope is NodePoolScope => 'nodePool' in scope);
}

function isNamed(scope: NodePoolScope, cluster: string | undefined, pool: string | undefined): boolean {
  return (cluster === undefined || isOfCluster(scope, cluster)) && (pool === undefined || pool === scope.nodePool);
}

/** Whether a scope is a NodePool of the HostedCluster that a user names with or without its namespace. */
export function isOfCluster(scope: Scope, cluster: string): boolean {
  if (!('nodePool' in scope)) return false;
  const { namespace, name } = scope.hostedCluster;
  return cluster === name || cluster === `${namespace}/${name}`;
}

// The objects may be incomplete; what is missing is then told with its place, as a fault of the input.
function named(cluster: string, nodePool: string): Scope {
  const slash = cluster.indexOf('/');
  return { hostedCluster: { namespace: cluster.slice(0, slash), name: cluster.slice(slash + 1) }, nodePool };
}

function missing(cluster: string | undefined, pool: string | undefined): string {
  const wanted = [cluster && `HostedCluster ${cluster}`, pool && `NodePool ${pool}`].filter(Boolean).join(' with ');
  return `the input holds no ${wanted}; name both --hosted-cluster NAMESPACE/NAME and --node-pool NAME`;
}

function ambiguous(candidates: readonly NodePoolScope[]): string {
  const names = candidates.map(
    ({ hostedCluster, nodePool }) => `${hostedCluster.namespace}/${hostedCluster.name} ${nodePool}`,
  );
  return `several NodePools match; name one with --hosted-cluster and --node-pool: ${names.join(', ')}`;
}
