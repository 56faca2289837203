import { isCustom } from '../resources/catalog.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { alreadyExists, badRequest, notFound } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import type { Change, Store } from '../store/store.ts';
import { type Address, collectionOf, keyOf } from './address.ts';
import { jsonEqual } from './equal.ts';
import { firstState } from './first-state.ts';
import { isFinished, markDeleted } from './mark-deleted.ts';
import { generatedName, metadataOf, timestamp } from './metadata.ts';
import { nextState } from './next-state.ts';
import { checkPreconditions } from './refusals.ts';
import type { Deleted, DeleteOptions, Mutation, RestHooks, WriteOptions } from './write.ts';

/** The verbs of the API on any kind: one write path for create, update, every patch and apply. */
export class Rest {
  readonly store: Store;
  readonly #hooks: RestHooks;

  constructor(store: Store, hooks: RestHooks) {
    this.store = store;
    this.#hooks = hooks;
  }

  get(resource: ResourceDefinition, address: Address): StoredRecord {
    const record = this.store.get(collectionOf(resource, address.cluster), keyOf(address));
    if (!record) throw notFound(resource, address.name);
    return record;
  }

  /** Creates an object; a name is generated from `generateName` where it has none. */
  create(
    resource: ResourceDefinition,
    where: Omit<Address, 'name'>,
    input: StoredObject,
    options: WriteOptions,
  ): Promise<StoredObject> {
    const { name, generateName = '' } = metadataOf(input);
    if (metadataOf(input).resourceVersion)
      throw badRequest('resourceVersion should not be set on objects to be created');
    const address = {
      ...where,
      name: name || (generateName && generatedName(generateName, () => this.#hooks.random())),
    };
    return this.#write(resource, address, options, () => ({ object: input, tracked: false }), true);
  }

  /** Changes an object, or creates it where `mutate` answers to none. No change means no write and no event. */
  mutate(
    resource: ResourceDefinition,
    address: Address,
    options: WriteOptions,
    mutate: Mutation,
  ): Promise<StoredObject> {
    return this.#write(resource, address, options, mutate);
  }

  delete(resource: ResourceDefinition, address: Address, options: DeleteOptions): Promise<Deleted> {
    let outcome: Deleted | undefined;
    const written = this.#store(resource, address, options.dryRun, (current) => {
      if (!current) throw notFound(resource, address.name);
      checkPreconditions(resource, address.name, current, options);
      this.#hooks.admit({
        operation: 'DELETE',
        resource,
        address,
        subresource: '',
        object: undefined,
        oldObject: current.object,
        dryRun: options.dryRun,
        user: options.user,
        warn: options.warn,
      });
      const marked = markDeleted(resource, current.object, options, this.#hooks.now());
      const waits = !isFinished(resource, marked);
      outcome = { gone: !waits, object: waits || resource.strategy.answersDeleted ? marked : current.object };
      if (!waits) return 'delete';
      return jsonEqual(marked, current.object) ? 'keep' : marked;
    });
    return written.then((object) => ({
      gone: (outcome as Deleted).gone,
      object: (outcome as Deleted).gone ? (outcome as Deleted).object : (object ?? (outcome as Deleted).object),
    }));
  }

  #write(
    resource: ResourceDefinition,
    address: Address,
    options: WriteOptions,
    mutate: Mutation,
    mustBeNew = false,
  ): Promise<StoredObject> {
    let last: StoredObject | undefined;
    let finished = false;
    const change: Change = (stored) => {
      // Whether an object may be created is judged before whether there is one.
      const current = mustBeNew || !stored ? undefined : shownAs(resource, stored);
      const { object, tracked } = mutate(current?.object);
      const next = current
        ? nextState(resource, address, current, object, options)
        : firstState(resource, address, object, this.#hooks);
      const time = timestamp(this.#hooks.now());
      const owned = tracked ? next : this.#hooks.trackUpdate(resource, current?.object, next, options, time);
      last = current ? owned : (resource.strategy.admitted?.(owned) ?? owned);
      this.#hooks.admit({
        operation: current ? 'UPDATE' : 'CREATE',
        resource,
        address,
        subresource: options.subresource,
        object: last,
        oldObject: current?.object,
        dryRun: options.dryRun,
        user: options.user,
        warn: options.warn,
      });
      if (mustBeNew && stored) throw alreadyExists(resource, address.name, metadataOf(stored.object).deletionTimestamp);
      finished = isFinished(resource, last);
      if (finished) return 'delete';
      return current && jsonEqual(last, current.object) ? 'keep' : keptAs(resource, last);
    };
    const written = this.#store(resource, address, options.dryRun, change);
    // The answer to the write that ends an object is its last state, which is never stored.
    return written.then((object) =>
      finished || !object ? (last as StoredObject) : (resource.alias?.fromStored(object) ?? object),
    );
  }

  /** Runs a change for real, or only computes it. */
  async #store(
    resource: ResourceDefinition,
    address: Address,
    dryRun: boolean,
    change: Change,
  ): Promise<StoredObject | undefined> {
    const collection = collectionOf(resource, address.cluster);
    if (!dryRun) return (await this.store.write(collection, keyOf(address), change))?.object;
    const current = this.store.get(collection, keyOf(address));
    const outcome = change(current, this.store.newestAssigned + 1);
    return typeof outcome === 'string' ? current?.object : outcome;
  }
}

// What a definition no longer declares is gone before anything is compared with it.
function shownAs(resource: ResourceDefinition, record: StoredRecord): StoredRecord {
  const { alias } = resource;
  if (alias) return { ...record, object: alias.fromStored(record.object) };
  return isCustom(resource) ? (resource.read?.(record) ?? record) : record;
}

function keptAs({ alias }: ResourceDefinition, object: StoredObject): StoredObject {
  return alias ? alias.toStored(object) : object;
}
