import { guest } from './hypershift/guest/index.ts';
import { hostedCluster } from './hypershift/hosted-cluster/index.ts';
import { nodePool } from './hypershift/node-pool/index.ts';
import type { ControllerDefinition } from './manager/context.ts';
import { disruptionPolicy } from './openshift/disruption-policy/index.ts';
import { machineConfigPool } from './openshift/machine-config-pool/index.ts';
import { ruleStatus } from './openshift/rule-status/index.ts';
import { drain } from './rollout/index.ts';

/** Every controller, in the order in which objects travel: one folder each. */
export const controllers: readonly ControllerDefinition[] = [
  hostedCluster,
  guest,
  nodePool,
  machineConfigPool,
  disruptionPolicy,
  ruleStatus,
  drain,
];
