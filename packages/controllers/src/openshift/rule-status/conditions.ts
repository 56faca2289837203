import type { FoundCondition } from '@pullpath/kube-client';
import type { RenderedScope } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';

/** What pools make of rules, as far as one object is concerned. */
export type Verdicts = readonly Pick<RenderedScope, 'rules' | 'diagnostics'>[];

/** What machine-config-operator says of a ContainerRuntimeConfig: `Success`, or `Failure` with the reason. */
export function containerRuntimeCondition(config: LiveObject, pools: Verdicts): FoundCondition {
  const errors = messagesOn(config, pools, 'error');
  const isSelected = pools.some(({ rules }) =>
    rules.containerRuntimeConfigs.some(({ object }) => object.metadata.name === config.metadata.name),
  );
  if (!isSelected) errors.push('it selects no MachineConfigPool');
  return errors.length === 0
    ? { type: 'Success', status: 'True', reason: 'Applied', message: 'Success' }
    : { type: 'Failure', status: 'False', reason: 'Refused', message: `Error: ${errors.join('; ')}` };
}

/** Why a ClusterImagePolicy or ImagePolicy is not in effect, in whole or in part; undefined when it is (node-config 1.8). */
export function imagePolicyCondition(policy: LiveObject, pools: Verdicts): FoundCondition | undefined {
  const errors = messagesOn(policy, pools, 'error');
  const shadowed = messagesOn(policy, pools, 'warning', 'image-policy-scope-shadowed');
  const messages = errors.length > 0 ? errors : shadowed;
  if (messages.length === 0) return undefined;
  const reason = errors.length > 0 ? 'Refused' : 'ConflictScopes';
  return { type: 'Pending', status: 'False', reason, message: messages.join('; ') };
}

function messagesOn({ kind, metadata }: LiveObject, pools: Verdicts, severity: string, code?: string): string[] {
  const name = [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
  const found = pools
    .flatMap(({ diagnostics }) => diagnostics)
    .filter((it) => it.object === name && it.severity === severity && (code === undefined || it.code === code))
    .map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return [...new Set(found)].sort();
}
