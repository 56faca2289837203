import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { searchDropInPath } from '../../formats/search-drop-in.ts';
import { closestPathPolicy, type DisruptionAction, type FilePolicy } from '../../impact/disruption-policies.ts';
import { soundDisruptionPolicies } from '../disruption-policies.ts';
import type { LintContext, LintRule } from '../rule.ts';

const code = 'disruption-policy-without-reload';

/** A node disruption policy for a file of CRI-O after which CRI-O goes on with what it read before. */
export const disruptionPolicyWithoutReload: LintRule = {
  code,
  severity: 'warning',
  why: 'A policy of the user replaces the default one, its reload of CRI-O included: the file on the node is new, and pulls go on as before until something restarts CRI-O.',
  check: findPolicies,
};

/** Files that CRI-O reads when it starts or is told to reload. */
const crioFiles = ['/etc/containers/registries.conf', '/etc/containers/policy.json', searchDropInPath];
const filesPath: Path = ['spec', 'nodeDisruptionPolicy', 'files'];

function findPolicies({ objects }: LintContext): Diagnostic[] {
  const { from, policies } = soundDisruptionPolicies(objects);
  const files = from && valueAt(from.object, filesPath);
  if (!from || !Array.isArray(files)) return [];
  return crioFiles.flatMap((file) => {
    const policy = closestPathPolicy(file, policies.files);
    const index = files.findIndex(({ path }: FilePolicy) => path === policy?.path);
    return policy && index !== -1 && !reachesCrio(policy) ? [report(from, index, file, policy)] : [];
  });
}

function reachesCrio({ actions }: FilePolicy): boolean {
  return actions.some(({ type, reload, restart }) => {
    if (type === 'Reload') return reload?.serviceName === 'crio.service';
    if (type === 'Restart') return restart?.serviceName === 'crio.service';
    return type === 'Reboot';
  });
}

function report(of: LocatedObject, index: number, file: string, { actions }: FilePolicy): Diagnostic {
  const message = `after a change of ${file} no action (${actions.map(nameOf).join(', ')}) makes CRI-O read it again`;
  const hint = 'add the action Reload with serviceName crio.service';
  return diagnose('warning', code, message, { of, path: [...filesPath, index, 'actions'] }, { hint });
}

function nameOf({ type, reload, restart }: DisruptionAction): string {
  const service = reload?.serviceName ?? restart?.serviceName;
  return service === undefined ? type : `${type} ${service}`;
}
