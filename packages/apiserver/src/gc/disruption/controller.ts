import { podDisruptionBudgetKind } from '../../builtin/kinds/pod-disruption-budget.ts';
import { mapAt } from '../../builtin/read.ts';
import { collectionOf } from '../../rest/address.ts';
import { clusterReader } from '../../rest/cluster-reader.ts';
import { notFound } from '../../status/status.ts';
import type { StoreEvent } from '../../store/record.ts';
import { type Controller, type ControllerContext, partsOfCollection, partsOfKey } from '../context.ts';
import { idOf, placeOf } from '../owner-graph.ts';
import { unlessGone } from '../unless-gone.ts';
import { WorkQueue } from '../work-queue.ts';
import { budgetStatus, budgets } from './status.ts';

// Evictions that did not happen are forgotten after two minutes.
const recheckMs = 2 * 60_000 + 1000;

/** Keeps the status of PodDisruptionBudgets true as pods and their controllers change. */
export class DisruptionController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;
  #unsubscribe: () => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue(
      (id) => this.#process(id),
      (error) => context.report(error),
    );
  }

  start(): void {
    const { store } = this.#context.rest;
    this.#unsubscribe = store.subscribeAll((event) => this.#observe(event));
    for (const collection of store.collectionNames().filter(holdsBudgets)) {
      for (const { key } of store.list(collection)) this.#queue.add(idOf({ collection, key }));
    }
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  settled(): Promise<void> {
    return this.#queue.idle();
  }

  // A pod that loses its labels leaves budgets that its new state does not show; so all of the namespace are looked at.
  #observe({ type, collection, record }: StoreEvent): void {
    const { cluster, group, resource } = partsOfCollection(collection);
    if (holdsBudgets(collection)) {
      if (type !== 'DELETED') this.#queue.add(idOf({ collection, key: record.key }));
      return;
    }
    if (!watched.has(`${group}/${resource}`)) return;
    const own = collectionOf(budgets, cluster);
    const { namespace } = partsOfKey(record.key);
    for (const { key } of this.#context.rest.store.list(own, `${namespace}/`)) {
      this.#queue.add(idOf({ collection: own, key }));
    }
  }

  async #process(id: string): Promise<void> {
    const { collection, key } = placeOf(id);
    const { cluster } = partsOfCollection(collection);
    const { rest } = this.#context;
    const budget = rest.store.get(collection, key)?.object;
    if (!budget) return;
    const reader = clusterReader(rest.store, cluster);
    const address = { cluster, ...partsOfKey(key) };
    const options = { manager: 'kube-controller-manager', dryRun: false, subresource: 'status' };
    const update = rest.mutate(podDisruptionBudgetKind, address, options, (old) => {
      if (!old) throw notFound(budgets, address.name);
      return { object: { ...old, status: budgetStatus(reader, old, this.#context.now()) }, tracked: false };
    });
    const written = await unlessGone(update);
    const isWaiting = Object.keys(mapAt(written, 'status', 'disruptedPods')).length > 0;
    if (isWaiting) this.#queue.addAfter(id, recheckMs);
  }
}

const watched: ReadonlySet<string> = new Set(['/pods', 'apps/replicasets', 'apps/deployments']);

function holdsBudgets(collection: string): boolean {
  const { group, resource } = partsOfCollection(collection);
  return group === budgets.group && resource === budgets.resource;
}
