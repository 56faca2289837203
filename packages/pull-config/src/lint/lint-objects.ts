import { type LocatedObject, loadEmbedded, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { listScopes } from '../collect/list-scopes.ts';
import { type RenderScopeOptions, renderScope } from '../render-scope.ts';
import { withoutSaidTwice } from '../said-twice.ts';
import { manifestKeys } from './config-map-keys.ts';
import { mirrorEntries, registryScopes } from './mirror-entries.ts';
import { mirrorGroups } from './mirror-groups.ts';
import type { LintContext } from './rule.ts';
import { lintRules } from './rules/index.ts';
import { notSaidBetter, placeKey } from './said-better.ts';
import { strayConfigMapFaults } from './stray-config-maps.ts';

/** What the objects do not say themselves. */
export type LintOptions = Pick<RenderScopeOptions, 'releaseImage'>;

/**
 * Everything wrong with a set of objects: what was `found` while loading and validating each, what collecting and
 * compiling any scope says, and every lint rule. A fault seen from several scopes is reported once.
 */
export function lintObjects(
  objects: readonly LocatedObject[],
  found: readonly Diagnostic[],
  options: LintOptions = {},
): Diagnostic[] {
  const context = contextOf(objects, options);
  const rendered = context.scopes.flatMap(({ diagnostics }) => diagnostics);
  const earlier = withoutSaidTwice([...found, ...rendered, ...strayConfigMapFaults(context.objects)]);
  const own = lintRules.flatMap((rule) => [...rule.check(context)].map((diagnostic) => ({ rule, diagnostic })));
  return withoutRepeats([...notSaidBetter(earlier, own), ...own.map(({ diagnostic }) => diagnostic)]);
}

function contextOf(objects: readonly LocatedObject[], options: LintOptions): LintContext {
  const all = objects.flatMap((object) => [object, ...embeddedIn(object)]);
  const scopes = listScopes(objects).map((scope) => renderScope(objects, scope, options));
  const entries = mirrorEntries(all);
  return {
    objects: all,
    scopes,
    mirrorEntries: entries,
    registryScopes: registryScopes(objects),
    mirrorGroups: mirrorGroups(scopes, entries),
  };
}

// Faults of the embedded text are reported where it is collected.
function embeddedIn(located: LocatedObject): readonly LocatedObject[] {
  if (located.object.kind !== 'ConfigMap' || located.object.apiVersion !== 'v1') return [];
  const paths = manifestKeys
    .map((key) => ['data', key])
    .filter((path) => typeof valueAt(located.object, path) === 'string');
  return paths.flatMap((path) => loadEmbedded(located, path).objects);
}

function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = `${placeKey(diagnostic.code, diagnostic)}${diagnostic.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
