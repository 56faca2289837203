import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { findHosted } from '../collect/hosted-objects.ts';
import { renderNodePoolPayload } from '../hypershift/node-pool/payload.ts';
import type { Dialect, Scope } from '../model.ts';
import { type RenderScopeOptions, renderScope } from '../render-scope.ts';
import { poolMembers } from './cluster-objects.ts';
import type { PlannedPool, PoolState } from './plan.ts';

/** What is made of objects; `value` is absent when any diagnostic is an error. */
interface Made<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * One pool of a plan from the objects before and after: its rules and files on both sides, its MachineConfigPool and Nodes
 * or what its NodePool says of upgrades, as they are afterwards.
 */
export function plannedPool(
  before: readonly LocatedObject[],
  after: readonly LocatedObject[],
  scope: Scope,
  options: RenderScopeOptions = {},
): Made<PlannedPool> {
  const [old, now] = [poolState(before, scope, options), poolState(after, scope, options)];
  const diagnostics = [...old.diagnostics, ...now.diagnostics];
  if (!old.value || !now.value) return { diagnostics };
  const sides = { name: poolName(scope), dialect: now.value.dialect, before: old.value, after: now.value };
  const more = 'pool' in scope ? poolMembers(after, scope.pool) : { replacesNodes: replacesNodes(after, scope) };
  return { value: { ...sides, ...more }, diagnostics };
}

function poolName(scope: Scope): string {
  return 'pool' in scope ? scope.pool : scope.nodePool;
}

function replacesNodes(objects: readonly LocatedObject[], scope: Exclude<Scope, { readonly pool: string }>): boolean {
  const { nodePool } = findHosted(objects, scope);
  return valueAt(nodePool?.object, ['spec', 'management', 'upgradeType']) !== 'InPlace';
}

/** One side of a pool: the rules of its scope, the files of its nodes and, of a NodePool, the rollout hash. */
export function poolState(
  objects: readonly LocatedObject[],
  scope: Scope,
  options: RenderScopeOptions = {},
): Made<PoolState & { readonly dialect: Dialect }> {
  const { config, rules, tree, registriesConf, dialect, diagnostics } = renderScope(objects, scope, options);
  if (!config) return { diagnostics };
  const state = { rules, files: tree, registriesConf, dialect };
  if ('pool' in scope) return { value: state, diagnostics };
  const { hashes, raw } = renderNodePoolPayload(objects, scope, options);
  return { value: { ...state, rolloutHash: hashes?.hash ?? raw }, diagnostics };
}
