import type { Diagnostic } from '@pullpath/diagnostics';
import type { MirrorSet } from '../../compile/mirror-sets.ts';
import { diagnose } from '../../diagnose.ts';
import type { ScopeRule } from '../../model.ts';
import { prefixOf } from '../../pull/resolver.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { below, policyOrigin, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { forbiddingSet, type MirroredSource, mirroredSources, nearestAround, sourceIndex } from '../source-index.ts';

/**
 * A scope inside a source that must never be contacted, with a table of its own: tables inherit mirrors, but not
 * `NeverContactSource` (end of node-config 1.3).
 */
export const neverLeakByNestedScope: LintRule = {
  code: 'never-leak-by-nested-scope',
  severity: 'warning',
  why: 'An insecure scope or a narrower entry gets a table of its own, which does not inherit NeverContactSource: nodes contact the source for the images in it.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(leaksIn),
};

function leaksIn(group: MirrorGroup): Diagnostic[] {
  const sources = mirroredSources(group);
  const index = sourceIndex(sources);
  const blocked = new Set(group.registries.filter((entry) => entry.blocked).map(prefixOf));
  const nevers = (scope: string): MirrorSet | undefined => {
    const around = blocked.has(scope) ? undefined : nearestAround(index, scope);
    return around && forbiddingSet(around);
  };
  const insecure = (group.rules.registrySources.insecure ?? []).filter(({ scope }) => !sources.has(scope));
  return [
    ...insecure.flatMap((rule) => leaksOf(nevers(rule.scope), (never) => insecureLeak(rule, never))),
    ...[...sources.values()]
      .filter(isSilent)
      .flatMap((inner) => leaksOf(nevers(inner.source), (never) => narrowLeak(inner, never))),
  ];
}

function leaksOf(never: MirrorSet | undefined, leak: (never: MirrorSet) => Diagnostic): Diagnostic[] {
  return never ? [leak(never)] : [];
}

/** True where no rule of a source states its policy. One that says AllowContactingSource means it. */
function isSilent({ digest, tag }: MirroredSource): boolean {
  return [digest, tag].every((set) => set?.rules.every(({ policy }) => policy === undefined) ?? true);
}

function insecureLeak({ scope, origin }: ScopeRule, never: MirrorSet): Diagnostic {
  const message = `nodes contact "${scope}" although "${never.source}" around it must never be contacted: as an insecure scope it has its own table`;
  return leak(message, scope, origin, never);
}

function narrowLeak({ source, digest, tag }: MirroredSource, never: MirrorSet): Diagnostic {
  const [rule] = (digest ?? tag)?.rules ?? [];
  if (!rule) throw new Error('a merged set comes from at least one rule');
  const message = `nodes may contact "${source}" although "${never.source}" around it must never be contacted: a narrower source has its own policy`;
  return leak(message, source, below(rule.origin, 'source'), never);
}

function leak(message: string, scope: string, origin: ScopeRule['origin'], never: MirrorSet): Diagnostic {
  const places = never.rules
    .filter(({ policy }) => policy === 'NeverContactSource')
    .map((rule) => related('never to be contacted', policyOrigin(rule)));
  const hint = `give an entry with source "${scope}" the policy that is meant`;
  return diagnose('warning', 'never-leak-by-nested-scope', message, origin, { hint, related: places });
}
