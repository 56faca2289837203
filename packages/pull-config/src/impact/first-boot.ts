import { registriesConfPath } from './rollout-decision.ts';
import { isSafeRegistriesConfChange } from './safe-change.ts';

/** Before the first boot completes the daemon cannot read policies from the API and uses a fixed table. */
export type FirstBootAction = 'none' | 'reload crio' | 'restart crio' | 'reboot';

const doNothing = ['/etc/kubernetes/kubelet-ca.crt', '/var/lib/kubelet/config.json'];
const doNothingBelow = ['/etc/nmstate/openshift'];
const reloadCrio = [
  registriesConfPath,
  '/etc/containers/policy.json',
  '/etc/machine-config-daemon/no-reboot/containers-gpg.pub',
];
const reloadCrioBelow = ['/etc/containers/registries.d'];
const restartCrio = ['/etc/pki/ca-trust/source/anchors/openshift-config-user-ca-bundle.crt'];

const strength: readonly FirstBootAction[] = ['none', 'reload crio', 'restart crio', 'reboot'];

/** The one action for a set of changed files by the fixed table; directories count for the files directly in them. */
export function firstBootActions(changedFiles: readonly string[]): readonly [FirstBootAction] {
  const strongest = Math.max(0, ...changedFiles.map((path) => strength.indexOf(actionFor(path))));
  return [strength[strongest] ?? 'none'];
}

function actionFor(path: string): FirstBootAction {
  const directory = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (doNothing.includes(path) || doNothingBelow.includes(directory)) return 'none';
  if (reloadCrio.includes(path) || reloadCrioBelow.includes(directory)) return 'reload crio';
  return restartCrio.includes(path) ? 'restart crio' : 'reboot';
}

/**
 * Whether the fixed table drains: for a reboot always; for a reload or restart of CRI-O when registries.conf is among the
 * changed files and changes unsafely.
 */
export function isDrainRequiredFirstBoot(
  actions: readonly string[],
  changedFiles: readonly string[],
  oldConf: string | undefined,
  newConf: string | undefined,
): boolean {
  if (actions.includes('reboot')) return true;
  const touchesCrio = actions.includes('reload crio') || actions.includes('restart crio');
  if (!touchesCrio || !changedFiles.includes(registriesConfPath)) return false;
  return !isSafeRegistriesConfChange(oldConf, newConf).safe;
}
