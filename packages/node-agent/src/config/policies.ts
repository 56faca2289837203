import { valueAt } from '@pullpath/api';
import type { KubeObject } from '@pullpath/kube-client';
import {
  type DisruptionAction,
  mergeNodeDisruptionPolicies,
  type NodeDisruptionPolicies,
  nodeDisruptionActions,
  type UserDisruptionPolicies,
} from '@pullpath/pull-config';
import { certsDirectory, type NodeRuntime } from './effective-files.ts';

/**
 * What a change of each file asks for on a node: the policies of `MachineConfiguration/cluster`, with the authorities of
 * registries added, which are read for each pull (node-config 1.9). On containerd there is no CRI-O to be reloaded.
 */
export function policiesOf(machineConfiguration: KubeObject | undefined, runtime: NodeRuntime): NodeDisruptionPolicies {
  const user = valueAt(machineConfiguration, ['spec', 'nodeDisruptionPolicy']);
  const { files, ...others } = mergeNodeDisruptionPolicies(user as UserDisruptionPolicies | undefined);
  const own = readForEachPull.map((path) => ({ path, actions: [none] }));
  const all = [...own.filter(({ path }) => !files.some((file) => file.path === path)), ...files];
  if (runtime === 'crio') return { ...others, files: all };
  return { ...others, files: all.map(({ path, actions }) => ({ path, actions: withoutCrio(actions) })) };
}

const none: DisruptionAction = { type: 'None' };
const readForEachPull = ['/etc/docker/certs.d', certsDirectory];

function withoutCrio(actions: readonly DisruptionAction[]): readonly DisruptionAction[] {
  const left = actions.filter((action) => !concernsCrio(action));
  return left.length > 0 ? left : [none];
}

function concernsCrio({ type, reload, restart }: DisruptionAction): boolean {
  return type === 'Special' || [reload?.serviceName, restart?.serviceName].includes('crio.service');
}

/** What has the runtime take files up without disturbing a pod: one reload, or nothing. */
export function reloadsFor(paths: readonly string[], policies: NodeDisruptionPolicies): readonly DisruptionAction[] {
  const actions = paths.flatMap((path) => nodeDisruptionActions([path], policies));
  return actions.filter(({ type }) => type === 'Special' || type === 'Reload').slice(0, 1);
}
