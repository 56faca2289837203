import { Controller, type Source } from '@pullpath/kube-client';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { contentSourcePolicies, digestMirrorSets, machineConfigs, nodes, tagMirrorSets } from '../../resources.ts';
import { type PoolRules, poolRules } from '../pool-rules.ts';
import {
  clusterImagePolicies,
  configConfigMaps,
  containerRuntimeConfigs,
  globalPullSecret,
  imageContentPolicies,
  imagePolicies,
  images,
  machineConfigPools,
} from '../resources.ts';
import { FaultEvents } from './faults.ts';
import { Membership } from './membership.ts';
import { MergedConfigs } from './merged-configs.ts';
import { reconcilePool } from './reconcile.ts';
import { Settling } from './settling.ts';

/** MachineConfigPools: mirror sets and their like to files, and those to nodes, one pool at a time (node-config 1.1 and 2). */
export const machineConfigPool: ControllerDefinition = {
  name: 'machine-config-pool',
  description: 'mirror sets, registry lists and pull secret to the nodes of each pool, node by node',
  setup: (context) => {
    const { management, report, clock } = context;
    const rules = poolRules(management);
    const membership = new Membership(management);
    const environment = {
      context,
      rules,
      merges: new MergedConfigs(),
      membership,
      faults: new FaultEvents(management, (...name) => findOffender(context, ...name)),
      settling: new Settling(clock, context.settings.settleMs),
    };
    return new Controller({
      sources: sourcesOf(context, rules, membership),
      reconcile: async (pool) => reconcilePool(environment, pool),
      report,
      clock,
    });
  },
};

function sourcesOf({ management }: ControllerContext, rules: PoolRules, membership: Membership): readonly Source[] {
  const pools = management.watch(machineConfigPools);
  const every = (): readonly string[] => pools.store.keys().sort();
  return [
    pools.keys(),
    management.watch(nodes).keys((change) => membership.poolsOf(change)),
    management.watch(machineConfigs).keys(every),
    ...rules.sources(every),
  ];
}

const offenders = [
  digestMirrorSets,
  tagMirrorSets,
  contentSourcePolicies,
  imageContentPolicies,
  images,
  clusterImagePolicies,
  imagePolicies,
  containerRuntimeConfigs,
  configConfigMaps,
  globalPullSecret,
  machineConfigPools,
];

function findOffender(
  { management }: ControllerContext,
  kind: string,
  name: string,
  namespace: string | undefined,
): LiveObject | undefined {
  const watched = offenders.find(({ resource }) => resource.kind === kind);
  const all = watched ? management.watch(watched).store.list() : [];
  return all.find(
    ({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace),
  );
}
