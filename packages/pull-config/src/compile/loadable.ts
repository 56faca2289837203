import { isMirrorSource, isValidScope } from '@pullpath/oci';
import type { RegistriesConf, ScopeRule } from '../model.ts';
import { loadCompiledConf } from '../pull/load-compiled-conf.ts';
import { newEntry } from './edit-registries.ts';
import type { RuleFault } from './faults.ts';

/** A registries.conf that says nothing. */
export const emptyConf: RegistriesConf = {
  shortNameMode: '',
  additionalLayerStoreAuthHelper: '',
  credentialHelpers: [],
  registries: [],
  aliases: {},
};

/** A configuration as nodes load it, or why they would refuse it. */
export function loadForPulls(
  conf: RegistriesConf,
): { readonly conf: RegistriesConf } | { readonly conf?: undefined; readonly failure: RuleFault } {
  const { value, diagnostics } = loadCompiledConf(conf);
  if (value) return { conf: value };
  const why = diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'it is refused';
  return { failure: { code: 'registries-conf-unusable', message: `nodes would not load the registries.conf: ${why}` } };
}

/**
 * Warnings for entries that machine-config-operator writes and containers/image then refuses together with the whole
 * configuration, so that a node pulls nothing at all: scopes with a scheme, search registries that are no host, and two
 * spellings of one scope that disagree in the whole `conf`.
 */
export function unloadableFaults(
  conf: RegistriesConf | undefined,
  scopes: readonly ScopeRule[],
  search: readonly ScopeRule[] = [],
): RuleFault[] {
  // What the API accepts as a scope does load; what is no scope at all is an error of its own.
  const doubtful = scopes.filter(({ scope }) => isValidScope(scope) && !isMirrorSource(scope));
  const alone = doubtful.flatMap((rule) => unloadable({ ...emptyConf, registries: [newEntry(rule.scope)] }, rule));
  const [first] = doubtful;
  return [
    ...(conf && first && alone.length === 0 ? unloadable(conf, first) : alone),
    ...search.flatMap((rule) => unloadable({ ...emptyConf, searchRegistries: [rule.scope] }, rule)),
  ];
}

function unloadable(conf: RegistriesConf, { scope, origin }: ScopeRule): RuleFault[] {
  const loaded = loadForPulls(conf);
  if (loaded.conf) return [];
  const hint = 'with this file a node pulls no image at all';
  return [{ ...loaded.failure, severity: 'warning', value: scope, origin, hint }];
}
