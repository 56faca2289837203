import type { LocatedObject } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { collectRules } from '../collect/collect-rules.ts';
import type { CollectOptions } from '../collect/collected.ts';
import { baseRegistriesConf } from '../compile/base-files.ts';
import { compileNodeConfig } from '../compile/compile-node-config.ts';
import { nodeTree } from '../compile/node-files.ts';
import { readRegistriesConf } from '../formats/registries-conf-read.ts';
import type { Dialect, RuleSet, Scope } from '../model.ts';
import type { PoolState } from './plan-change.ts';

export interface PoolStateOptions extends CollectOptions {
  readonly dialect: Dialect;
}

/** One side of a plan from objects: the rules of a scope and the files of its nodes; no state when anything is an error. */
export function poolState(
  objects: readonly LocatedObject[],
  scope: Scope,
  options: PoolStateOptions,
): { readonly state?: PoolState; readonly diagnostics: readonly Diagnostic[] } {
  const collected = collectRules(objects, scope, options);
  if (hasErrors(collected.diagnostics)) return { diagnostics: collected.diagnostics };
  const pool = 'pool' in scope ? scope.pool : scope.nodePool;
  const compiled = poolStateOfRules(collected.rules, pool, options.dialect);
  return { ...compiled, diagnostics: [...collected.diagnostics, ...compiled.diagnostics] };
}

/** The same from rules that are collected already. */
export function poolStateOfRules(
  rules: RuleSet,
  pool: string,
  dialect: Dialect,
): { readonly state?: PoolState; readonly diagnostics: readonly Diagnostic[] } {
  const { config, diagnostics } = compileNodeConfig(rules, { dialect, pool });
  if (config === undefined) return { diagnostics };
  const base = { file: '/etc/containers/registries.conf', text: baseRegistriesConf };
  const registriesConf = config.registriesConf ?? readRegistriesConf(base).value;
  return { state: { rules, files: nodeTree(config, { dialect }), registriesConf }, diagnostics };
}
