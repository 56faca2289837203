import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorSource } from '@pullpath/oci';
import { scopeIndex } from '../../compile/scope-index.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { above, below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'mirror-source-not-allowed';

/** A mirror rule for a source that the allow list leaves out. */
export const mirrorSourceNotAllowed: LintRule = {
  code,
  severity: 'warning',
  why: 'The file policy.json judges the name that was asked for, so an allow list with the mirrors alone rejects every mirrored pull.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findRejected),
};

function findRejected({ rules: { rules, registrySources } }: MirrorGroup): Diagnostic[] {
  const scopes = registrySources.allowed ?? [];
  const [first] = scopes;
  if (!first) return [];
  const allowed = scopeIndex(scopes.map(({ scope }) => [scope, scope]));
  const sources = scopeIndex(rules.map(({ source }) => [source, source]));
  // A source around an allowed entry is allowed in part.
  const inPart = new Set(scopes.flatMap(({ scope }) => sources.enclosing(scope)));
  return rules
    .filter(({ source }) => isMirrorSource(source) && allowed.enclosing(source).length === 0 && !inPart.has(source))
    .map(({ source, origin }) => {
      const message = `every pull of "${source}" is rejected, mirrored or not: allowedRegistries leaves it out`;
      const hint = `add "${source}" to allowedRegistries; a mirror needs no entry, its source does`;
      const more = { hint, related: [related('the allow list', above(first.origin))] };
      return diagnose('warning', code, message, below(origin, 'source'), more);
    });
}
