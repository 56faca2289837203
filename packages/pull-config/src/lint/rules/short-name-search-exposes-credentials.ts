import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { isPublicRegistry } from '../hosts.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import type { LintRule } from '../rule.ts';

const code = 'short-name-search-exposes-credentials';

/** Public registries in the search list. */
export const shortNameSearchExposesCredentials: LintRule = {
  code,
  severity: 'warning',
  why: 'A short name is asked for at every registry of the list in turn, with the credentials of the pull: whoever owns the name at a public one decides what runs, and may see credentials of another.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findPublic),
};

function findPublic({ rules: { registrySources } }: MirrorGroup): Diagnostic[] {
  const search = registrySources.search ?? [];
  return search
    .filter(({ scope }) => isPublicRegistry(scope))
    .map(({ scope, origin }) => {
      const others = search.filter((entry) => entry.scope !== scope).map((entry) => `"${entry.scope}"`);
      const shared =
        others.length === 0 ? '' : `, which may see credentials meant for ${others.slice(0, 3).join(', ')}`;
      const message = `short names are looked up at the public registry "${scope}"${shared}`;
      const hint = 'name images with their registry, and keep only registries of your own in the list';
      return diagnose('warning', code, message, origin, { hint });
    });
}
