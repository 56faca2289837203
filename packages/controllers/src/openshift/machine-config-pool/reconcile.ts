import { valueAt } from '@pullpath/api';
import type { ReconcileResult } from '@pullpath/kube-client';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigs } from '../../resources.ts';
import type { PoolRules } from '../pool-rules.ts';
import { machineConfigPools } from '../resources.ts';
import { type FaultEvents, faultText } from './faults.ts';
import { forgetRendered } from './forget-rendered.ts';
import { generateMachineConfigs } from './generate.ts';
import type { Membership } from './membership.ts';
import type { MergedConfigs } from './merged-configs.ts';
import { conditionMessage, writePoolStatus } from './pool-status.ts';
import { renderPool } from './render.ts';
import { rollOut } from './roll-out.ts';
import type { Settling } from './settling.ts';

/** What the reconciliations of all pools share. */
export interface PoolEnvironment {
  readonly context: ControllerContext;
  readonly rules: PoolRules;
  readonly merges: MergedConfigs;
  readonly membership: Membership;
  readonly faults: FaultEvents;
  readonly settling: Settling;
}

/** Rules to MachineConfigs, those to one configuration, that to the next nodes, and what they say to the pool's status. */
export async function reconcilePool(environment: PoolEnvironment, name: string): Promise<ReconcileResult> {
  const { context, rules, merges, membership, faults, settling } = environment;
  const { management, clock } = context;
  const pools = ownedObjects(management, machineConfigPools);
  const configs = ownedObjects(management, machineConfigs);
  const found = pools.get(name);
  if (!found || found.metadata.deletionTimestamp !== undefined) return ensureWorkerPool(environment, name);
  const rendered = rules.render(name);
  faults.tell(name, rendered, conditionMessage(found, 'RenderDegraded'));
  await generateMachineConfigs(configs, found, rendered);
  const isSettled = (config: string): boolean => settling.isSettled(name, config);
  const { pool, waits } = await renderPool({ management, merges, pool: found, isSettled });
  if (!waits) settling.end(name);
  const held = await rollOut(management, pool, membership.nodesOf(name));
  const members = membership.nodesOf(name);
  await writePoolStatus(pools, pool, members, { fault: faultText(rendered), held }, clock.now());
  if (isIdle(pool)) await forgetRendered(configs, pool, members);
  return waits ? { requeueAfterMs: settling.againMs } : {};
}

function isIdle(pool: LiveObject): boolean {
  const name = (part: string): unknown => valueAt(pool, [part, 'configuration', 'name']);
  return name('spec') === name('status');
}

/** A cluster that no OpenShift has made has no pools: nodes that no other pool takes get `worker`. */
async function ensureWorkerPool({ context, membership }: PoolEnvironment, name: string): Promise<ReconcileResult> {
  const exists = ownedObjects(context.management, machineConfigPools).get(name) !== undefined;
  if (name !== 'worker' || exists || membership.nodesOf(name).length === 0) return {};
  await ownedObjects(context.management, machineConfigPools).ensure(workerPool, { defaulted: true });
  return {};
}

const role = 'machineconfiguration.openshift.io/role';

const workerPool = {
  metadata: {
    name: 'worker',
    labels: {
      'machineconfiguration.openshift.io/mco-built-in': '',
      'pools.operator.machineconfiguration.openshift.io/worker': '',
    },
  },
  spec: {
    machineConfigSelector: { matchLabels: { [role]: 'worker' } },
    nodeSelector: { matchLabels: { 'node-role.kubernetes.io/worker': '' } },
  },
};
