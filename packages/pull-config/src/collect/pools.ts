import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { type Labels, selectsLabels } from './label-selector.ts';
import { findObject, type ObjectKind, objectsOfKind } from './objects.ts';

/** Pools that a cluster has without any object saying so. */
export const builtInPools: readonly string[] = ['master', 'worker', 'arbiter'];

const machineConfigPoolKind: ObjectKind = { group: 'machineconfiguration.openshift.io', kind: 'MachineConfigPool' };
/** What the settings of CRI-O are given in. */
export const containerRuntimeConfigKind: ObjectKind = {
  group: 'machineconfiguration.openshift.io',
  kind: 'ContainerRuntimeConfig',
};

/** Names of the MachineConfigPool objects, in the order of the input. */
export function declaredPools(objects: readonly LocatedObject[]): readonly string[] {
  return objectsOfKind(objects, machineConfigPoolKind).flatMap(({ object }) => object.metadata.name ?? []);
}

/** The fault of a pool that is neither built in nor declared. */
export function unknownPool(objects: readonly LocatedObject[], pool: string): Diagnostic | undefined {
  const known = [...new Set([...builtInPools, ...declaredPools(objects)])];
  if (known.includes(pool)) return undefined;
  return {
    code: 'pool-not-found',
    severity: 'error',
    message: `there is no MachineConfigPool "${pool}"`,
    expected: `one of ${known.join(', ')}`,
    hint: 'pools other than the built-in ones need their MachineConfigPool object in the input',
  };
}

/**
 * The ContainerRuntimeConfigs whose selector picks the pool. A custom pool also takes those of `worker`, whose
 * configuration its nodes get too; they come first, so that the pool's own win.
 */
export function containerRuntimeConfigsOf(objects: readonly LocatedObject[], pool: string): readonly LocatedObject[] {
  const configs = objectsOfKind(objects, containerRuntimeConfigKind);
  const own = configs.filter((config) => selectsPool(config, poolLabels(objects, pool)));
  if (builtInPools.includes(pool)) return own;
  const inherited = configs.filter((config) => selectsPool(config, poolLabels(objects, 'worker')));
  return [...inherited.filter((config) => !own.includes(config)), ...own];
}

function selectsPool({ object }: LocatedObject, labels: Labels): boolean {
  return selectsLabels(valueAt(object, ['spec', 'machineConfigPoolSelector']), labels);
}

/** Labels of the pool's object, or those that a cluster gives a built-in pool. */
function poolLabels(objects: readonly LocatedObject[], pool: string): Labels {
  const declared = findObject(objects, machineConfigPoolKind, pool);
  if (declared) return declared.object.metadata.labels ?? {};
  if (!builtInPools.includes(pool)) return {};
  return {
    'machineconfiguration.openshift.io/mco-built-in': '',
    [`pools.operator.machineconfiguration.openshift.io/${pool}`]: '',
    ...(pool === 'master' && { 'operator.machineconfiguration.openshift.io/required-for-upgrade': '' }),
  };
}
