import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Change, ObjectStore } from '@pullpath/kube-client';
import { poolOfNode } from '@pullpath/pull-config';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { type OwnedObjects, ownedObjects } from '../../manager/owned-objects.ts';
import { isSame } from '../../manager/same.ts';
import { nodes } from '../../resources.ts';
import { machineConfigPools } from '../resources.ts';

/** Which node is in which pool: by its labels, and in `worker` where no pool asks for it. Kept up to date by what changes. */
export class Membership {
  readonly #pools: ObjectStore<LiveObject>;
  readonly #nodes: ObjectStore<LiveObject>;
  readonly #owned: OwnedObjects;
  readonly #poolOf = new Map<string, string>();
  readonly #members = new Map<string, Set<string>>();
  #isStale = false;

  constructor(management: ApiCluster) {
    this.#pools = management.watch(machineConfigPools).store;
    this.#nodes = management.watch(nodes).store;
    this.#owned = ownedObjects(management, nodes);
    this.#pools.onChange((change) => {
      this.#isStale ||= selectsOthers(change);
    });
    this.#nodes.onChange(({ type, object }) => this.#place(object, type === 'deleted'));
  }

  /** The nodes of a pool, by name, with what this process has told them a moment ago. */
  nodesOf(pool: string): readonly LiveObject[] {
    this.#refresh();
    return [...(this.#members.get(pool) ?? [])].sort().flatMap((name) => this.#owned.get(name) ?? []);
  }

  /** The pools that a change of a node concerns: the one that it is in, and the one that it was in. */
  poolsOf(change: Change<LiveObject>): readonly string[] {
    const pools = [change.object, ...(change.type === 'updated' ? [change.old] : [])].map((node) => this.#choose(node));
    return [...new Set(pools)];
  }

  #choose(node: LiveObject): string {
    return poolOfNode(this.#pools.list().map(objectOf), objectOf(node)) ?? 'worker';
  }

  #refresh(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    for (const node of this.#nodes.list()) this.#place(node, false);
  }

  #place(node: LiveObject, isGone: boolean): void {
    const { name } = node.metadata;
    this.#members.get(this.#poolOf.get(name) ?? '')?.delete(name);
    this.#poolOf.delete(name);
    if (isGone) return;
    const pool = this.#choose(node);
    this.#poolOf.set(name, pool);
    this.#members.set(pool, (this.#members.get(pool) ?? new Set()).add(name));
  }
}

function objectOf(object: LiveObject): LocatedObject['object'] {
  return located(object).object;
}

function selectsOthers(change: Change<LiveObject>): boolean {
  const selector = (pool: LiveObject): unknown => valueAt(pool, ['spec', 'nodeSelector']);
  return change.type !== 'updated' || !isSame(selector(change.old), selector(change.object));
}
