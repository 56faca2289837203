import { Controller, splitKey } from '@pullpath/kube-client';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { ControllerContext, ControllerDefinition } from '../../manager/context.ts';
import { nodes } from '../../resources.ts';
import { drainNode } from './drain-node.ts';
import { DrainTimes } from './drain-times.ts';

/** Empties nodes whose agents ask for it, and has them take pods again, in the management cluster and in hosted ones. */
export const drain: ControllerDefinition = {
  name: 'drain',
  description: 'cordons, drains and uncordons nodes whose agents ask for it',
  setup: (context) => {
    const { management, guests, clock, report } = context;
    const times = new DrainTimes(clock);
    return new Controller({
      sources: [
        management.watch(nodes).keys(({ object }) => [object.metadata.name]),
        guests.keys(nodes, ({ object }, namespace) => [`${namespace}/${object.metadata.name}`]),
      ],
      reconcile: async (key) => {
        const { namespace, name } = splitKey(key);
        const api = apiOf(context, namespace);
        return api ? drainNode(api, name, times) : {};
      },
      report,
      clock,
    });
  },
};

/** A key without a namespace is a node of the management cluster, another one is in the hosted cluster of that namespace. */
function apiOf({ management, guests }: ControllerContext, namespace: string | undefined): ApiCluster | undefined {
  return namespace === undefined ? management : guests.get(namespace);
}
