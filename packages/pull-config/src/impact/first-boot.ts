import { isSafeRegistriesConfChange } from './safe-change.ts';

/** Before the first boot completes the daemon cannot read policies from the API and uses a fixed table. */
export type FirstBootAction = 'none' | 'reload crio' | 'restart crio' | 'reboot';

const doNothing = ['/etc/kubernetes/kubelet-ca.crt', '/var/lib/kubelet/config.json'];
const doNothingBelow = ['/etc/nmstate/openshift'];
const reloadCrio = [
  '/etc/containers/registries.conf',
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

/** Whether the fixed table drains: always for a reboot, for a reload if registries.conf changes unsafely, else not. */
export function isDrainRequiredFirstBoot(
  actions: readonly string[],
  oldConf: string | undefined,
  newConf: string | undefined,
): boolean {
  if (actions.includes('reboot')) return true;
  return actions.includes('reload crio') && !isSafeRegistriesConfChange(oldConf, newConf).safe;
}
