import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { ConfFault } from '../../formats/registries-conf-fault.ts';
import { checkSearch } from '../../pull/check-registries.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import type { LintRule } from '../rule.ts';

const code = 'search-registry-syntax';

/** An entry of the search list that is no host: the API server does not look at the entries. */
export const searchRegistrySyntax: LintRule = {
  code,
  severity: 'error',
  why: 'The API server checks no entry of containerRuntimeSearchRegistries, and a node that finds a wrong one in its configuration pulls no image at all.',
  replaces: ['registries-conf-unusable'],
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(findWrong),
};

function findWrong({ rules: { registrySources } }: MirrorGroup): Diagnostic[] {
  return (registrySources.search ?? []).flatMap(({ scope, origin }) => {
    const faults: ConfFault[] = [];
    checkSearch([scope], [], faults);
    if (faults.length === 0) return [];
    const message = `"${scope}" is no registry host, and with it in the search list a node pulls no image at all`;
    const hint = 'neither scheme nor path; the API server lets it pass';
    return [diagnose('error', code, message, origin, { expected: 'host[:port]', hint })];
  });
}
