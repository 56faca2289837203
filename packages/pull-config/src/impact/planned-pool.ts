import { type LocatedObject, valueAt } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { collectRules } from '../collect/collect-rules.ts';
import type { CollectOptions } from '../collect/collected.ts';
import { findHosted } from '../collect/hosted-objects.ts';
import { baseRegistriesConf } from '../compile/base-files.ts';
import { compileNodeConfig } from '../compile/compile-node-config.ts';
import { nodeTree } from '../compile/node-files.ts';
import { readRegistriesConf } from '../formats/registries-conf-read.ts';
import { renderNodePoolPayload } from '../hypershift/node-pool/payload.ts';
import type { Dialect, RuleSet, Scope } from '../model.ts';
import { poolMembers } from './cluster-objects.ts';
import type { PlannedPool, PoolState } from './plan.ts';
import { registriesConfPath } from './rollout-decision.ts';

export interface PoolStateOptions extends CollectOptions {
  readonly dialect: Dialect;
}

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
  options: PoolStateOptions,
): Made<PlannedPool> {
  const [old, now] = [poolState(before, scope, options), poolState(after, scope, options)];
  const diagnostics = [...old.diagnostics, ...now.diagnostics];
  if (!old.value || !now.value) return { diagnostics };
  const sides = { name: poolName(scope), dialect: options.dialect, before: old.value, after: now.value };
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
export function poolState(objects: readonly LocatedObject[], scope: Scope, options: PoolStateOptions): Made<PoolState> {
  const collected = collectRules(objects, scope, options);
  if (hasErrors(collected.diagnostics)) return { diagnostics: collected.diagnostics };
  const compiled = poolStateOfRules(collected.rules, poolName(scope), options.dialect);
  const diagnostics = [...collected.diagnostics, ...compiled.diagnostics];
  if (!compiled.value || 'pool' in scope) return { ...compiled, diagnostics };
  const { hashes, raw } = renderNodePoolPayload(objects, scope, options);
  return { value: { ...compiled.value, rolloutHash: hashes?.hash ?? raw }, diagnostics };
}

/** The same from rules that are collected already, without a rollout hash. */
export function poolStateOfRules(rules: RuleSet, pool: string, dialect: Dialect): Made<PoolState> {
  const { config, diagnostics } = compileNodeConfig(rules, { dialect, pool });
  if (config === undefined) return { diagnostics };
  const base = { file: registriesConfPath, text: baseRegistriesConf };
  const registriesConf = config.registriesConf ?? readRegistriesConf(base).value;
  return { value: { rules, files: nodeTree(config, { dialect }), registriesConf }, diagnostics };
}
