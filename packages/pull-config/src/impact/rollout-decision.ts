import type { Dialect, NodeFile, RegistriesConf } from '../model.ts';
import { diffNodeFiles, type FileChange } from './changed-files.ts';
import {
  closestPathPolicy,
  type DisruptionAction,
  defaultNodeDisruptionPolicies,
  type NodeDisruptionPolicies,
} from './disruption-policies.ts';
import { isSafeRegistriesConfChange, registriesConfSafety, type UnsafeChange } from './safe-change.ts';

export const registriesConfPath = '/etc/containers/registries.conf';

/** What the machine config daemon does on a node to bring it from one set of files to another. */
export interface RolloutDecision {
  readonly changes: readonly FileChange[];
  /** In the order in which they run. `Reboot` and `None` stand alone. */
  readonly actions: readonly DisruptionAction[];
  readonly drain: boolean;
  /** Why registries.conf needs a drain; empty when it needs none. */
  readonly unsafe: readonly UnsafeChange[];
  /** Changed files without a policy: each of them alone makes the node reboot. */
  readonly rebootingFiles: readonly string[];
}

export interface RolloutOptions {
  /** The merged policies of the cluster; the defaults when absent. */
  readonly policies?: NodeDisruptionPolicies | undefined;
  readonly sshChanged?: boolean | undefined;
  /** Names of units that changed. */
  readonly changedUnits?: readonly string[] | undefined;
  /** Of the release that the nodes run; the newest when absent. */
  readonly dialect?: Dialect | undefined;
  /** Both sides of registries.conf as data, where they are known: saves reading the texts, and reasons name rules. */
  readonly registriesConf?: { readonly old: RegistriesConf; readonly now: RegistriesConf } | undefined;
}

/**
 * The actions for a change of files and whether the node is drained (machine-config-operator `pkg/daemon`): the actions of
 * the closest policy of each changed file, any without one means a reboot; a reboot or Drain drains, Special drains when
 * the registries.conf change is unsafe.
 */
export function rolloutDecision(
  before: readonly NodeFile[],
  after: readonly NodeFile[],
  options: RolloutOptions = {},
): RolloutDecision {
  const policies = options.policies ?? defaultNodeDisruptionPolicies;
  const changes = diffNodeFiles(before, after);
  const paths = changes.map(({ path }) => path);
  const found = nodeDisruptionActions(paths, policies, options);
  const actions = found.length > 0 ? found : [none];
  const unsafe = actions.some(({ type }) => type === 'Special') ? unsafeReasons(changes, options) : [];
  const drain = unsafe.length > 0 || actions.some(({ type }) => type === 'Reboot' || type === 'Drain');
  const rebootingFiles = paths.filter((path) => reboots(closestPathPolicy(path, policies.files)?.actions));
  return { changes, actions, drain, unsafe, rebootingFiles };
}

/** The action list for changed files: concatenated; one Reboot makes it `[Reboot]`; None only when nothing else is there. */
export function nodeDisruptionActions(
  changedFiles: readonly string[],
  policies: NodeDisruptionPolicies,
  { sshChanged = false, changedUnits = [] }: RolloutOptions = {},
): readonly DisruptionAction[] {
  const all = [
    ...changedFiles.flatMap((path) => closestPathPolicy(path, policies.files)?.actions ?? [reboot]),
    ...changedUnits.flatMap((name) => policies.units.find((unit) => unit.name === name)?.actions ?? [reboot]),
    ...(sshChanged ? policies.sshkey.actions : []),
  ];
  if (reboots(all)) return [reboot];
  const real = all.filter(({ type }) => type !== 'None');
  return real.length > 0 ? real : all.slice(0, 1);
}

const reboot: DisruptionAction = { type: 'Reboot' };
const none: DisruptionAction = { type: 'None' };

function reboots(actions: readonly DisruptionAction[] | undefined): boolean {
  return actions === undefined || actions.some(({ type }) => type === 'Reboot');
}

function unsafeReasons(
  changes: readonly FileChange[],
  { registriesConf, dialect }: RolloutOptions,
): readonly UnsafeChange[] {
  const change = changes.find(({ path }) => path === registriesConfPath);
  if (change && registriesConf) return registriesConfSafety(registriesConf.old, registriesConf.now, dialect).reasons;
  return isSafeRegistriesConfChange(change?.before?.contents, change?.after?.contents, dialect).reasons;
}
