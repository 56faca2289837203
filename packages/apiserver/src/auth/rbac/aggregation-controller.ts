import { clusterRoleKind } from '../../builtin/kinds/cluster-role.ts';
import { valueAt } from '../../builtin/read.ts';
import { type Controller, type ControllerContext, partsOfCollection } from '../../gc/context.ts';
import { unlessGone } from '../../gc/unless-gone.ts';
import { WorkQueue } from '../../gc/work-queue.ts';
import { clusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf } from '../../rest/metadata.ts';
import { notFound } from '../../status/status.ts';
import type { StoreEvent } from '../../store/record.ts';
import { aggregatedRules } from './aggregation.ts';

/** Keeps the rules of aggregated ClusterRoles those of the roles that they select. */
export class AggregationController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;
  #unsubscribe: () => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue(
      (cluster) => this.#process(cluster),
      (error) => context.report(error),
    );
  }

  start(): void {
    this.#unsubscribe = this.#context.rest.store.subscribeAll((event) => this.#observe(event));
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  settled(): Promise<void> {
    return this.#queue.idle();
  }

  #observe({ collection }: StoreEvent): void {
    const { cluster, group, resource } = partsOfCollection(collection);
    if (group === clusterRoleKind.group && resource === clusterRoleKind.resource) this.#queue.add(cluster);
  }

  // One pass over all; a role that changes brings the next pass, until none does.
  async #process(cluster: string): Promise<void> {
    const roles = clusterReader(this.#context.rest.store, cluster).list(clusterRoleKind);
    const options = { manager: 'clusterrole-aggregation-controller', dryRun: false, subresource: '' };
    for (const role of roles.filter((one) => valueAt(one, 'aggregationRule') !== undefined)) {
      const { name = '' } = metadataOf(role);
      const update = this.#context.rest.mutate(clusterRoleKind, { cluster, namespace: '', name }, options, (old) => {
        if (!old) throw notFound(clusterRoleKind, name);
        const rules = aggregatedRules(old, roles);
        return { object: rules ? { ...old, rules } : old, tracked: false };
      });
      await unlessGone(update);
    }
  }
}
