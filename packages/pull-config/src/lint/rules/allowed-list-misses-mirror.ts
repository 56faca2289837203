import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorLocation } from '@pullpath/oci';
import { scopeIndex } from '../../compile/scope-index.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { above, below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'allowed-list-misses-mirror';

/** Mirrors that are not in the allow list: no fault for nodes, one for imports and builds. */
export const allowedListMissesMirror: LintRule = {
  code,
  severity: 'info',
  why: 'Documentation asks for mirrors in the allow list; nodes pull through a mirror without that, image stream imports and builds do not.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findMissing),
};

function findMissing({ rules: { rules, registrySources } }: MirrorGroup): Diagnostic[] {
  const [first] = registrySources.allowed ?? [];
  if (!first) return [];
  const allowed = scopeIndex((registrySources.allowed ?? []).map(({ scope }) => [scope, scope]));
  const missing = rules.flatMap(({ mirrors, origin }) =>
    mirrors.flatMap((mirror, index) =>
      !isMirrorLocation(mirror) || allowed.enclosing(mirror).length > 0
        ? []
        : [{ mirror, origin: below(origin, 'mirrors', index) }],
    ),
  );
  const [example] = missing;
  if (!example) return [];
  const names = [...new Set(missing.map(({ mirror }) => mirror))];
  const message = `allowedRegistries leaves out ${enumerated(names)}, which mirror rules name`;
  const hint =
    'nodes need no entry for them, the name that was asked for is judged; image stream imports, builds and pods that name a mirror do';
  return [
    diagnose('info', code, message, above(first.origin), {
      hint,
      related: [related(`"${example.mirror}" is a mirror here`, example.origin)],
    }),
  ];
}

const mostNames = 3;

function enumerated(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
