import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { searchDropInPath } from '../../formats/search-drop-in.ts';
import { closestPathPolicy } from '../../impact/disruption-policies.ts';
import type { RenderedScope } from '../../render-scope.ts';
import { soundDisruptionPolicies } from '../disruption-policies.ts';
import { above } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'search-list-reboots';

/** A search list while no node disruption policy speaks of its file (node-config 2.2). */
export const searchListReboots: LintRule = {
  code,
  severity: 'info',
  why: 'The file of the search list is the only one of the image configuration without a node disruption policy: setting, changing or removing the list reboots every node.',
  check: ({ objects, scopes }) =>
    closestPathPolicy(searchDropInPath, soundDisruptionPolicies(objects).policies.files) === undefined
      ? scopes.flatMap(findList)
      : [],
};

function findList({ scope, rules }: RenderedScope): Diagnostic[] {
  const [first] = rules.registrySources.search ?? [];
  if (!first || !('pool' in scope)) return [];
  const message = `setting, changing or removing containerRuntimeSearchRegistries drains and reboots every node`;
  const hint = `a nodeDisruptionPolicy of MachineConfiguration/cluster for ${searchDropInPath} with a reload of crio.service avoids that`;
  return [diagnose('info', code, message, above(first.origin), { hint })];
}
