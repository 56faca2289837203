import { valueAt } from '@pullpath/api';
import { selectsLabels } from '../collect/label-selector.ts';
import { compareBytes } from '../formats/go-order.ts';
import type { KubeObject } from '../model.ts';

/** The one configuration that the nodes of a pool have. */
export interface MergedConfig {
  /** `spec` of a MachineConfig. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Names of what was merged, in the order of the merge. */
  readonly sources: readonly string[];
}

const role = 'machineconfiguration.openshift.io/role';

/**
 * Merges the MachineConfigs that a pool selects (machine-config-operator `MergeMachineConfigs`): those of role worker first,
 * each group by name; of several files, units and users with one name the last counts, kernel arguments and extensions
 * add up, the last URL of an operating system image counts, and FIPS stays once it was asked for.
 */
export function mergeMachineConfigs(pool: KubeObject, all: readonly KubeObject[]): MergedConfig {
  const selector = valueAt(pool, ['spec', 'machineConfigSelector']);
  const selected = all.filter(({ metadata }) => selectsLabels(selector, metadata.labels ?? {})).sort(byRoleAndName);
  const lists = (path: readonly string[]): unknown[] => selected.flatMap((config) => listAt(config, path));
  const last = (field: string): unknown =>
    selected.map((config) => valueAt(config, ['spec', field])).findLast((value) => isSet(value));
  const optional = {
    kernelArguments: lists(['spec', 'kernelArguments']),
    extensions: [...new Set(lists(['spec', 'extensions']).map(String))].sort(compareBytes),
    osImageURL: last('osImageURL'),
    baseOSExtensionsContainerImage: last('baseOSExtensionsContainerImage'),
    kernelType: last('kernelType'),
    fips: selected.some((config) => valueAt(config, ['spec', 'fips']) === true) || undefined,
  };
  const config = {
    ignition: { version: '3.5.0' },
    ...part('passwd', 'users', lastByName(lists(['spec', 'config', 'passwd', 'users']), 'name')),
    ...part('storage', 'files', lastByName(lists(['spec', 'config', 'storage', 'files']), 'path')),
    ...part('systemd', 'units', lastByName(lists(['spec', 'config', 'systemd', 'units']), 'name')),
  };
  return {
    spec: { config, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => isSet(value))) },
    sources: selected.map(({ metadata }) => metadata.name ?? ''),
  };
}

function byRoleAndName(one: KubeObject, other: KubeObject): number {
  const rank = ({ metadata }: KubeObject): number => Number(metadata.labels?.[role] !== 'worker');
  return rank(one) - rank(other) || compareBytes(one.metadata.name ?? '', other.metadata.name ?? '');
}

function listAt(config: KubeObject, path: readonly string[]): readonly unknown[] {
  const value = valueAt(config, path);
  return Array.isArray(value) ? value : [];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function part(section: string, list: string, items: readonly unknown[]): Record<string, unknown> {
  return items.length === 0 ? {} : { [section]: { [list]: items } };
}

// Sorted, so that the order in which MachineConfigs came to be changes nothing on nodes.
function lastByName(items: readonly unknown[], key: string): unknown[] {
  const byName = new Map(items.map((item) => [String(valueAt(item, [key])), item]));
  return [...byName].sort(([one], [other]) => compareBytes(one, other)).map(([, item]) => item);
}
