import { listAt, valueAt } from '../../builtin/read.ts';
import { selectorMatches } from '../../builtin/selectors.ts';
import { jsonEqual } from '../../rest/equal.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { StoredObject } from '../../store/record.ts';

/**
 * The rules that an aggregated ClusterRole has: those of every role that one of its selectors matches, in order of name, each
 * once. Undefined for a role that aggregates nothing.
 */
export function aggregatedRules(role: StoredObject, all: readonly StoredObject[]): unknown[] | undefined {
  if (valueAt(role, 'aggregationRule') === undefined) return undefined;
  const matching = listAt(role, 'aggregationRule', 'clusterRoleSelectors').flatMap((selector) =>
    all.filter(
      (other) =>
        other !== role && nameOf(other) !== nameOf(role) && selectorMatches(selector, metadataOf(other).labels ?? {}),
    ),
  );
  const rules: unknown[] = [];
  for (const rule of matching.flatMap((other) => listAt(other, 'rules'))) {
    if (!rules.some((known) => jsonEqual(known, rule))) rules.push(rule);
  }
  return rules;
}

function nameOf(role: StoredObject): string {
  return metadataOf(role).name ?? '';
}
