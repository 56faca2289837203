import { noRules } from '../collect/collected.ts';
import { editRegistries } from '../compile/edit-registries.ts';
import { digestRules, type MirrorSet, mergeMirrorSets, tagRules } from '../compile/mirror-sets.ts';
import { type PayloadDecision, splitBlockedAllowed } from '../compile/payload.ts';
import type { Dialect, MirrorRule, RegistryEntry, RuleSet } from '../model.ts';
import type { RenderedScope } from '../render-scope.ts';
import { groupBy } from '../runtimes/group-by.ts';
import { placeKeys } from './origins.ts';

/** The rules that meet on the same nodes, as those nodes see them. There is one even where a fault forbids rendering. */
export interface MirrorGroup {
  readonly rules: RuleSet;
  readonly payload: PayloadDecision;
  /** Merged IDMS and ICSP rules by source, and merged ITMS rules. */
  readonly digestSets: readonly MirrorSet[];
  readonly tagSets: readonly MirrorSet[];
  /** The tables of registries.conf. */
  readonly registries: readonly RegistryEntry[];
}

/**
 * One group per NodePool, one for all MachineConfigPools of the cluster, whose mirrors are the same, and one per
 * ConfigMap whose mirror rules reach no scope of the input.
 */
export function mirrorGroups(scopes: readonly RenderedScope[], entries: readonly MirrorRule[]): readonly MirrorGroup[] {
  const [pool] = scopes.filter(({ scope }) => 'pool' in scope);
  const reached = [...(pool ? [pool] : []), ...scopes.filter(({ scope }) => !('pool' in scope))];
  const strays = strayRules(reached, entries).map((rules) => groupOf({ ...noRules, rules }, '4.19'));
  return [...reached.map(({ rules, dialect }) => groupOf(rules, dialect)), ...strays];
}

function groupOf(rules: RuleSet, dialect: Dialect): MirrorGroup {
  const payload = splitBlockedAllowed(rules, dialect);
  const digestSets = mergeMirrorSets(digestRules(rules.rules));
  const tagSets = mergeMirrorSets(tagRules(rules.rules));
  const insecure = rules.registrySources.insecure ?? [];
  const blocked = payload.registriesBlocked ?? [];
  const { registries } = editRegistries({ registries: [], digestSets, tagSets, insecure, blocked, dialect });
  return { rules, payload, digestSets, tagSets, registries };
}

function strayRules(scopes: readonly RenderedScope[], entries: readonly MirrorRule[]): MirrorRule[][] {
  const keyOf = placeKeys();
  const reached = new Set(scopes.flatMap(({ rules }) => rules.rules.map(({ origin }) => keyOf(origin))));
  const strays = entries.filter(({ origin }) => origin.of.embedded && !reached.has(keyOf(origin)));
  return [...groupBy(strays, ({ origin }) => origin.of.embedded?.in).values()];
}
