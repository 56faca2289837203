import { valueAt } from '@pullpath/api';
import type { ReconcileResult } from '@pullpath/kube-client';
import type { ControllerContext } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownedObjects } from '../../manager/owned-objects.ts';
import { machineConfigs, nodes } from '../../resources.ts';
import { machineConfigPools } from '../resources.ts';
import { type FaultEvents, faultText } from './faults.ts';
import { forgetRendered } from './forget-rendered.ts';
import { generateMachineConfigs } from './generate.ts';
import type { Membership } from './membership.ts';
import type { PoolRules } from './pool-rules.ts';
import { writePoolStatus } from './pool-status.ts';
import { renderPool } from './render.ts';
import { rollOut } from './roll-out.ts';
import type { Settling } from './settling.ts';

/** What the reconciliations of all pools share. */
export interface PoolEnvironment {
  readonly context: ControllerContext;
  readonly rules: PoolRules;
  readonly membership: Membership;
  readonly faults: FaultEvents;
  readonly settling: Settling;
}

/** Rules to MachineConfigs, those to one configuration, that to the next nodes, and what they say to the pool's status. */
export async function reconcilePool(environment: PoolEnvironment, name: string): Promise<ReconcileResult> {
  const { context, rules, membership, faults, settling } = environment;
  const { management, clock } = context;
  const pools = ownedObjects(management, machineConfigPools);
  const configs = ownedObjects(management, machineConfigs);
  const found = pools.get(name);
  if (!found || found.metadata.deletionTimestamp !== undefined) return ensureSomePool(environment, name);
  const rendered = rules.render(name);
  faults.tell(name, rendered);
  const generated = await generateMachineConfigs(configs, name, rendered);
  const isSettled = (config: string): boolean => settling.isSettled(name, config);
  const { pool, waits } = await renderPool({ pools, configs, pool: found, generated, isSettled });
  if (!waits) settling.end(name);
  const members = membership.nodesOf(name);
  const hold = await rollOut(management, pool, members);
  const findings = { fault: faultText(rendered), hold };
  await writePoolStatus(pools, pool, members, findings, clock.now());
  if (isIdle(pool)) await forgetRendered(configs, pool, members);
  return waits ? { requeueAfterMs: settling.againMs } : {};
}

function isIdle(pool: LiveObject): boolean {
  const name = (part: string): unknown => valueAt(pool, [part, 'configuration', 'name']);
  return name('spec') === name('status');
}

/** A cluster without any pool, which no OpenShift has made, gets the one that all its nodes are in. */
async function ensureSomePool({ context }: PoolEnvironment, name: string): Promise<ReconcileResult> {
  const pools = context.management.watch(machineConfigPools).store;
  const hasNodes = context.management.watch(nodes).store.size > 0;
  if (name !== 'worker' || pools.size > 0 || !hasNodes) return {};
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
