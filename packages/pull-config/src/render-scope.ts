import type { LocatedObject } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { collectRules } from './collect/collect-rules.ts';
import { baseSearchRegistries } from './compile/base-files.ts';
import { compileNodeConfig } from './compile/compile-node-config.ts';
import type { NodeConfig } from './compile/node-config.ts';
import { nodeTree, renderNodeFiles } from './compile/node-files.ts';
import { isReleaseAtLeast, type ReleaseVersion } from './hypershift/release-version.ts';
import type { Dialect, NodeFile, RegistriesConf, RuleSet, Scope } from './model.ts';

export interface RenderScopeOptions {
  /** Pull spec of the target release; without one the objects tell. */
  readonly releaseImage?: string | undefined;
  /** Text of registries.conf; the one of the release by default. */
  readonly dialect?: Dialect | undefined;
}

/** One scope from objects to files. `config` and the files are absent when an error stands among the diagnostics. */
export interface RenderedScope {
  readonly scope: Scope;
  readonly rules: RuleSet;
  readonly dialect: Dialect;
  readonly version?: ReleaseVersion | undefined;
  readonly config?: NodeConfig | undefined;
  /** What pulls are resolved by: the compiled one, or the base one where no rule asks for another. */
  readonly registriesConf: RegistriesConf;
  /** What the rules give a node. */
  readonly files: readonly NodeFile[];
  /** The same over the node's base files. */
  readonly tree: readonly NodeFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The whole way for one scope: collect, compile, render. Refused input renders nothing. */
export function renderScope(
  objects: readonly LocatedObject[],
  scope: Scope,
  options: RenderScopeOptions = {},
): RenderedScope {
  const { rules, version, diagnostics: collected } = collectRules(objects, scope, options);
  const dialect = options.dialect ?? dialectOf(version);
  const compiled = compileNodeConfig(rules, { dialect, pool: poolName(scope) });
  const diagnostics = [...collected, ...compiled.diagnostics];
  const config = hasErrors(diagnostics) ? undefined : compiled.config;
  return {
    scope,
    rules,
    dialect,
    version,
    config,
    registriesConf: config?.registriesConf ?? baseConf,
    files: config ? renderNodeFiles(config, { dialect }) : [],
    tree: config ? nodeTree(config, { dialect }) : [],
    diagnostics,
  };
}

const baseConf: RegistriesConf = {
  searchRegistries: baseSearchRegistries,
  shortNameMode: '',
  additionalLayerStoreAuthHelper: '',
  credentialHelpers: [],
  registries: [],
  aliases: {},
};

/** The text that a release writes (node-config 1.4); the newest for an unknown one. */
export function dialectOf(version: ReleaseVersion | undefined): Dialect {
  if (!version || isReleaseAtLeast(version, '4.19.0')) return '4.19';
  return isReleaseAtLeast(version, '4.13.0') ? '4.13' : '4.12';
}

/** The pool whose MachineConfigs a scope makes. A NodePool's nodes are workers to the operator that renders its payload. */
function poolName(scope: Scope): string {
  return 'pool' in scope ? scope.pool : 'worker';
}

/** A scope as users name it: `worker`, or `clusters/prod-3 workers`. */
export function scopeName(scope: Scope): string {
  if ('pool' in scope) return scope.pool;
  return `${scope.hostedCluster.namespace}/${scope.hostedCluster.name} ${scope.nodePool}`;
}
