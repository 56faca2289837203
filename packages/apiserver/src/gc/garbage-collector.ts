import type { ResourceDefinition } from '../resources/resource.ts';
import { type Address, collectionOf, keyOf } from '../rest/address.ts';
import { type Metadata, metadataOf, type OwnerReference, withMetadata } from '../rest/metadata.ts';
import type { DeleteOptions } from '../rest/write.ts';
import { notFound } from '../status/status.ts';
import type { StoredObject, StoredRecord, StoreEvent } from '../store/record.ts';
import {
  type Controller,
  type ControllerContext,
  definitionOf,
  definitionOfKind,
  mayHave,
  ownDeletion,
  partsOfCollection,
  partsOfKey,
} from './context.ts';
import { blocks, idOf, OwnerGraph, type Place, placeOf } from './owner-graph.ts';
import { unlessGone } from './unless-gone.ts';
import { WorkQueue } from './work-queue.ts';

/**
 * Deletes what has lost its owners: in the background after the owner, in the foreground before it, or strips the references
 * of orphans. An owner that never existed counts as gone. Source: Kubernetes `controller/garbagecollector`.
 */
export class GarbageCollector implements Controller {
  readonly #context: ControllerContext;
  readonly #graph = new OwnerGraph();
  readonly #queue: WorkQueue;
  #unsubscribe: () => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#queue = new WorkQueue(
      (id) => this.#process(placeOf(id)),
      (error) => context.report(error),
    );
  }

  start(): void {
    const { store } = this.#context.rest;
    this.#unsubscribe = store.subscribeAll((event) => this.#observe(event));
    for (const collection of store.collectionNames()) {
      for (const record of store.list(collection).filter(concerns))
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

  #observe({ type, collection, record }: StoreEvent): void {
    const place = { collection, key: record.key };
    const metadata = metadataOf(record.object);
    if (type === 'DELETED') {
      this.#graph.delete(place);
      this.#enqueueDependents(metadata.uid);
      for (const owner of metadata.ownerReferences ?? []) this.#enqueueOwner(place, owner);
      return;
    }
    this.#graph.set(place, record);
    if ((metadata.ownerReferences ?? []).length > 0 || waitsForDependents(metadata) || orphans(metadata)) {
      this.#queue.add(idOf(place));
    }
  }

  #enqueueDependents(uid: string | undefined): void {
    for (const place of this.#graph.dependentsOf(uid ?? '')) this.#queue.add(idOf(place));
  }

  // An owner may be waiting for this very dependent.
  #enqueueOwner(place: Place, owner: OwnerReference): void {
    const found = this.#find(place, owner);
    if (found && found !== 'unknown') this.#queue.add(idOf(found));
  }

  async #process(place: Place): Promise<void> {
    const record = this.#context.rest.store.get(place.collection, place.key);
    const definition = definitionOf(this.#context, place.collection);
    if (!record || !definition) return;
    const metadata = metadataOf(record.object);
    if (orphans(metadata)) return this.#releaseOrphans(place, definition, metadata);
    if (waitsForDependents(metadata)) return this.#deleteDependents(place, definition, metadata);
    if (metadata.deletionTimestamp === undefined) await this.#checkOwners(place, definition, metadata);
  }

  async #releaseOrphans(place: Place, definition: ResourceDefinition, { uid = '' }: Metadata): Promise<void> {
    for (const dependent of this.#graph.dependentsOf(uid)) {
      const of = definitionOf(this.#context, dependent.collection);
      if (of) await this.#change(dependent, of, (object) => withoutOwners(object, [uid]));
    }
    await this.#change(place, definition, (object) => withoutFinalizer(object, 'orphan'));
  }

  async #deleteDependents(place: Place, definition: ResourceDefinition, { uid = '' }: Metadata): Promise<void> {
    const blocking = this.#graph.dependentsOf(uid).filter((dependent) => this.#isBlocking(dependent, uid));
    for (const dependent of this.#graph.dependentsOf(uid)) this.#queue.add(idOf(dependent));
    if (blocking.length === 0) {
      await this.#change(place, definition, (object) => withoutFinalizer(object, 'foregroundDeletion'));
    }
  }

  #isBlocking({ collection, key }: Place, uid: string): boolean {
    const object = this.#context.rest.store.get(collection, key)?.object;
    const owners = object ? (metadataOf(object).ownerReferences ?? []) : [];
    return owners.some((owner) => owner.uid === uid && blocks(owner));
  }

  async #checkOwners(place: Place, definition: ResourceDefinition, metadata: Metadata): Promise<void> {
    const states = (metadata.ownerReferences ?? []).map((owner) => ({ owner, state: this.#stateOf(place, owner) }));
    const lost = states.filter(({ state }) => state !== 'solid').map(({ owner }) => owner.uid);
    if (lost.length === 0) return;
    if (lost.length < states.length) {
      return this.#change(place, definition, (object) => withoutOwners(object, lost));
    }
    const isAwaited = states.some(({ state }) => state === 'waiting');
    const hasDependents = this.#graph
      .dependentsOf(metadata.uid ?? '')
      .some((other) => this.#isBlocking(other, metadata.uid ?? ''));
    const propagation = isAwaited && hasDependents ? 'Foreground' : propagationOf(metadata);
    await this.#delete(place, definition, { ...ownDeletion, propagation, uid: metadata.uid });
  }

  /** `waiting`: the owner goes once its dependents are gone. */
  #stateOf(place: Place, owner: OwnerReference): 'solid' | 'gone' | 'waiting' {
    const found = this.#find(place, owner);
    if (found === 'unknown') return 'solid';
    const object = found && this.#context.rest.store.get(found.collection, found.key)?.object;
    if (!object || metadataOf(object).uid !== owner.uid) return 'gone';
    return waitsForDependents(metadataOf(object)) ? 'waiting' : 'solid';
  }

  /** Where an owner would be; `unknown` where its kind is not served, or lives in a namespace that the dependent is not in. */
  #find({ collection, key }: Place, { apiVersion, kind, name }: OwnerReference): Place | 'unknown' {
    const { cluster } = partsOfCollection(collection);
    const { namespace } = partsOfKey(key);
    const definition = definitionOfKind(this.#context, cluster, apiVersion, kind);
    if (!definition || (definition.namespaced && namespace === '')) return 'unknown';
    return {
      collection: collectionOf(definition, cluster),
      key: keyOf({ namespace: definition.namespaced ? namespace : '', name }),
    };
  }

  async #change(
    place: Place,
    definition: ResourceDefinition,
    change: (object: StoredObject) => StoredObject,
  ): Promise<void> {
    const options = { manager: 'kube-controller-manager', dryRun: false, subresource: '' };
    await unlessGone(
      this.#context.rest.mutate(definition, addressOf(place), options, (old) => {
        if (!old) throw notFound(definition, partsOfKey(place.key).name);
        return { object: change(old), tracked: false };
      }),
    );
  }

  async #delete(place: Place, definition: ResourceDefinition, options: DeleteOptions): Promise<void> {
    await unlessGone(this.#context.rest.delete(definition, addressOf(place), options));
  }
}

function addressOf({ collection, key }: Place): Address {
  return { cluster: partsOfCollection(collection).cluster, ...partsOfKey(key) };
}

/** Whether there is anything to do for an object that a server starts with. */
function concerns(record: StoredRecord): boolean {
  return mayHave(record, 'ownerReferences') || mayHave(record, 'deletionTimestamp');
}

function waitsForDependents({ deletionTimestamp, finalizers = [] }: Metadata): boolean {
  return deletionTimestamp !== undefined && finalizers.includes('foregroundDeletion');
}

function orphans({ deletionTimestamp, finalizers = [] }: Metadata): boolean {
  return deletionTimestamp !== undefined && finalizers.includes('orphan');
}

// What the object itself has asked for comes first.
function propagationOf({ finalizers = [] }: Metadata): DeleteOptions['propagation'] {
  if (finalizers.includes('orphan')) return 'Orphan';
  return finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background';
}

function withoutOwners(object: StoredObject, uids: readonly string[]): StoredObject {
  const kept = (metadataOf(object).ownerReferences ?? []).filter(({ uid }) => !uids.includes(uid));
  return withMetadata(object, { ownerReferences: kept.length > 0 ? kept : undefined });
}

function withoutFinalizer(object: StoredObject, name: string): StoredObject {
  const kept = (metadataOf(object).finalizers ?? []).filter((other) => other !== name);
  return withMetadata(object, { finalizers: kept.length > 0 ? kept : undefined });
}
