import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { scopeIndex } from '../../compile/scope-index.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { above, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'insecure-not-in-allowed';

/** An insecure registry that the allow list leaves out, and that is nobody's mirror. */
export const insecureNotInAllowed: LintRule = {
  code,
  severity: 'warning',
  why: 'The list insecureRegistries only says how to connect; with an allow list a registry that is not in it is rejected all the same.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findRejected),
};

function findRejected({ rules: { rules, registrySources } }: MirrorGroup): Diagnostic[] {
  const { allowed = [], insecure = [] } = registrySources;
  const [first] = allowed;
  if (!first) return [];
  const rejected = insecure.filter(({ scope }) => !allowed.some((entry) => meet(entry.scope, scope)));
  const around = scopeIndex(rejected.map(({ scope }) => [scope, scope]));
  // Nodes ask a mirror on behalf of its source, so a mirror needs no place in the allow list.
  const mirrored = new Set(rules.flatMap(({ mirrors }) => mirrors.flatMap((mirror) => around.enclosing(mirror))));
  return rejected
    .filter(({ scope }) => !mirrored.has(scope))
    .map(({ scope, origin }) => {
      const message = `"${scope}" is insecure but not allowed, every pull from it is rejected`;
      const hint = `add "${scope}" to allowedRegistries, or remove it here`;
      const more = { hint, related: [related('the allow list', above(first.origin))] };
      return diagnose('warning', code, message, origin, more);
    });
}

function meet(left: string, right: string): boolean {
  return isNested(left, right) || isNested(right, left);
}
