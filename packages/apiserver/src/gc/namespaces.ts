import { namespaceKind } from '../builtin/kinds/namespace.ts';
import { listAt, mapAt, textAt, textsAt } from '../builtin/read.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { collectionOf } from '../rest/address.ts';
import { jsonEqual } from '../rest/equal.ts';
import { metadataOf, timestamp } from '../rest/metadata.ts';
import { notFound } from '../status/status.ts';
import type { StoredObject, StoredRecord, StoreEvent } from '../store/record.ts';
import {
  type Controller,
  type ControllerContext,
  mayHave,
  ownDeletion,
  partsOfCollection,
  partsOfKey,
} from './context.ts';
import { unlessGone } from './unless-gone.ts';
import { WorkQueue } from './work-queue.ts';

/** Empties namespaces that are being deleted, then lets them go. Source: Kubernetes `controller/namespace`. */
export class NamespaceController implements Controller {
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
    for (const collection of store.collectionNames().filter(holdsNamespaces)) {
      for (const record of store.list(collection).filter((one) => mayHave(one, 'deletionTimestamp')))
        this.#observe({ type: 'ADDED', collection, record });
    }
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  settled(): Promise<void> {
    return this.#queue.idle();
  }

  // A namespace that goes, or something in it that has gone or lost a finalizer.
  #observe({ type, collection, record }: StoreEvent): void {
    const { cluster } = partsOfCollection(collection);
    if (holdsNamespaces(collection)) {
      if (type !== 'DELETED' && isGoing(record.object)) this.#queue.add(`${cluster} ${record.key}`);
      return;
    }
    const { namespace } = partsOfKey(record.key);
    if (namespace === '' || (type !== 'DELETED' && metadataOf(record.object).deletionTimestamp === undefined)) return;
    const owner = this.#context.rest.store.get(collectionOf(namespaceKind, cluster), namespace);
    if (owner && isGoing(owner.object)) this.#queue.add(`${cluster} ${namespace}`);
  }

  async #process(id: string): Promise<void> {
    const [cluster = '', name = ''] = id.split(' ');
    const record = this.#context.rest.store.get(collectionOf(namespaceKind, cluster), name);
    if (!record || !isGoing(record.object)) return;
    for (const { definition, records } of this.#content(cluster, name)) {
      for (const one of records) await this.#delete(cluster, definition, one);
    }
    const left = this.#content(cluster, name);
    await this.#report(cluster, name, left);
    if (left.length === 0) await this.#release(cluster, name);
  }

  #content(cluster: string, namespace: string): Content[] {
    const { store } = this.#context.rest;
    const seen = new Set<string>();
    return this.#context.resourcesOf(cluster).flatMap((definition) => {
      const collection = collectionOf(definition, cluster);
      if (!definition.namespaced || seen.has(collection)) return [];
      seen.add(collection);
      const records = store.list(collection, `${namespace}/`);
      return records.length === 0 ? [] : [{ definition, records }];
    });
  }

  async #delete(cluster: string, definition: ResourceDefinition, { key, object }: StoredRecord): Promise<void> {
    if (metadataOf(object).deletionTimestamp !== undefined) return;
    await unlessGone(this.#context.rest.delete(definition, { cluster, ...partsOfKey(key) }, ownDeletion));
  }

  async #report(cluster: string, name: string, left: readonly Content[]): Promise<void> {
    await this.#mutate(cluster, name, 'status', (old) => {
      const conditions = mergedConditions(old, conditionsOf(left), timestamp(this.#context.now()));
      return { ...old, status: { ...mapAt(old, 'status'), conditions } };
    });
  }

  async #release(cluster: string, name: string): Promise<void> {
    await this.#mutate(cluster, name, 'finalize', (old) => {
      const kept = textsAt(old, 'spec', 'finalizers').filter((finalizer) => finalizer !== 'kubernetes');
      return { ...old, spec: kept.length > 0 ? { finalizers: kept } : {} };
    });
  }

  async #mutate(
    cluster: string,
    name: string,
    subresource: string,
    change: (old: StoredObject) => StoredObject,
  ): Promise<void> {
    const options = { manager: 'kube-controller-manager', dryRun: false, subresource };
    const update = this.#context.rest.mutate(namespaceKind, { cluster, namespace: '', name }, options, (old) => {
      if (!old) throw notFound(namespaceKind, name);
      return { object: change(old), tracked: false };
    });
    await unlessGone(update);
  }
}

interface Content {
  readonly definition: ResourceDefinition;
  readonly records: readonly StoredRecord[];
}

function holdsNamespaces(collection: string): boolean {
  const { group, resource } = partsOfCollection(collection);
  return group === '' && resource === 'namespaces';
}

function isGoing(namespace: StoredObject): boolean {
  return metadataOf(namespace).deletionTimestamp !== undefined;
}

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

function conditionsOf(left: readonly Content[]): Condition[] {
  return [
    no('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    no(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    no(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    remaining(left),
    finalizing(left),
  ];
}

function no(type: string, reason: string, message: string): Condition {
  return { type, status: 'False', reason, message };
}

function remaining(left: readonly Content[]): Condition {
  const type = 'NamespaceContentRemaining';
  if (left.length === 0) return no(type, 'ContentRemoved', 'All content successfully removed');
  const list = left.map(({ definition, records }) => {
    const { group, resource } = definition;
    return `${resource}.${group} has ${records.length} resource instances`;
  });
  const message = `Some resources are remaining: ${list.sort().join(', ')}`;
  return { type, status: 'True', reason: 'SomeResourcesRemain', message };
}

function finalizing(left: readonly Content[]): Condition {
  const type = 'NamespaceFinalizersRemaining';
  const counts = new Map<string, number>();
  for (const { object } of left.flatMap(({ records }) => records)) {
    for (const name of metadataOf(object).finalizers ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.size === 0) return no(type, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished');
  const list = [...counts].map(([name, count]) => `${name} in ${count} resource instances`).sort();
  const message = `Some content in the namespace has finalizers remaining: ${list.join(', ')}`;
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message };
}

// The time of a condition is that of its last change of status.
function mergedConditions(namespace: StoredObject, wanted: readonly Condition[], now: string): unknown[] {
  const old = listAt(namespace, 'status', 'conditions');
  return wanted.map(({ type, status, reason, message }) => {
    const before = old.find((condition) => textAt(condition, 'type') === type);
    const isSame = before !== undefined && textAt(before, 'status') === status;
    const lastTransitionTime = isSame ? textAt(before, 'lastTransitionTime') : now;
    const condition = { type, status, lastTransitionTime, reason, message };
    return before !== undefined && jsonEqual(before, condition) ? before : condition;
  });
}
