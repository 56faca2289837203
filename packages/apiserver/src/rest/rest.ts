import { randomUUID } from 'node:crypto';
import type { User } from '../http/exchange.ts';
import { isCustom } from '../resources/catalog.ts';
import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import { invalidValue } from '../status/field-faults.ts';
import {
  alreadyExists,
  badRequest,
  conflict,
  type FieldFault,
  invalid,
  notFound,
  objectModified,
} from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import type { Change, Store } from '../store/store.ts';
import { jsonEqual } from './equal.ts';
import { generatedName, metadataOf, timestamp, withMetadata } from './metadata.ts';
import { objectMetaUpdateFaults } from './object-meta.ts';

/** Who writes, and how strictly. */
export interface WriteOptions {
  /** Name of the field manager, never empty. */
  readonly manager: string;
  readonly dryRun: boolean;
  /** `status` or `scale`; empty for the main resource. */
  readonly subresource: string;
  /** Who asked; absent for the server's own writes. */
  readonly user?: User | undefined;
  /** Tells the client something although the write succeeds. */
  readonly warn?: ((text: string) => void) | undefined;
}

export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  /** Seconds that the object has to end itself; where absent, the kind decides. Kinds without grace ignore it. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly user?: User | undefined;
  readonly warn?: ((text: string) => void) | undefined;
}

/** What a deletion left: nothing (the last state of what is gone), or an object that waits for its finalizers. */
export interface Deleted {
  readonly gone: boolean;
  readonly object: StoredObject;
}

/** Where an object lives. */
export interface Address {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** A write about to happen, as admission sees it. */
export interface Attributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly resource: ResourceDefinition;
  readonly address: Address;
  readonly subresource: string;
  readonly object: StoredObject | undefined;
  readonly oldObject: StoredObject | undefined;
  readonly dryRun: boolean;
  /** Who asked; absent for the server's own writes. */
  readonly user?: User | undefined;
  /** Tells the client something although the write succeeds. */
  readonly warn?: ((text: string) => void) | undefined;
}

/** What the REST layer needs from around it; each is synchronous, so that a write is one step. */
export interface RestHooks {
  /** Throws `ApiError` to deny. */
  admit(attributes: Attributes): void;
  /** Keeps `metadata.managedFields` true after a write that is no server-side apply. */
  trackUpdate(
    resource: ResourceDefinition,
    old: StoredObject | undefined,
    next: StoredObject,
    options: WriteOptions,
    time: string,
  ): StoredObject;
  now(): Date;
  random(): number;
  uid?(): string;
}

/** How a caller makes the next state of an object; may throw `ApiError`. `old` is undefined when there is none. */
export type Mutation = (old: StoredObject | undefined) => Mutated;

export interface Mutated {
  readonly object: StoredObject;
  /** The mutation has set managedFields itself (server-side apply). */
  readonly tracked: boolean;
}

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
      const marked = this.#markDeleted(resource, current.object, options);
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
        ? this.#nextState(resource, address, current, object, options)
        : this.#firstState(resource, address, object);
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

  #firstState(resource: ResourceDefinition, address: Address, input: StoredObject): StoredObject {
    checkName(address, input);
    const object = withMetadata(resource.strategy.prepareCreate(input), {
      ...fresh(resource, address),
      uid: this.#hooks.uid?.() ?? randomUUID(),
      creationTimestamp: timestamp(this.#hooks.now()),
      deletionTimestamp: undefined,
      deletionGracePeriodSeconds: undefined,
      selfLink: undefined,
    });
    refuse(resource, address.name, resource.strategy.validateCreate(object));
    return ordered(resource, object);
  }

  #nextState(
    resource: ResourceDefinition,
    address: Address,
    current: StoredRecord,
    input: StoredObject,
    options: WriteOptions,
  ): StoredObject {
    checkName(address, input);
    checkVersion(resource, address.name, current, input);
    const old = current.object;
    const chosen = chosenPart(resource, options.subresource, input, old);
    const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, resourceVersion, generation } =
      metadataOf(old);
    const carried = withMetadata(chosen, {
      ...fresh(resource, address),
      uid,
      creationTimestamp,
      deletionTimestamp,
      deletionGracePeriodSeconds,
      resourceVersion,
      generation,
    });
    // A subresource with a rule of its own, such as the binding of a pod, is no change of mind about the spec.
    const isSpecial = resource.strategy.subresources?.[options.subresource] !== undefined;
    const next = ordered(resource, isSpecial ? carried : bumpGeneration(resource, old, carried));
    const own = [...finalizerFaults(old, next), ...immutableFaults(old, input)];
    // The real server judges metadata before the kind does, and with it: these are told twice.
    refuse(resource, address.name, [
      ...own,
      ...objectMetaUpdateFaults(next),
      ...own,
      ...resource.strategy.validateUpdate(next, old, options.subresource),
    ]);
    return next;
  }

  #markDeleted(
    resource: ResourceDefinition,
    object: StoredObject,
    { propagation, gracePeriodSeconds }: DeleteOptions,
  ): StoredObject {
    const { finalizers = [], deletionTimestamp, deletionGracePeriodSeconds, generation } = metadataOf(object);
    const others = finalizers.filter((name) => name !== 'foregroundDeletion' && name !== 'orphan');
    const asked = propagation === 'Foreground' ? ['foregroundDeletion'] : propagation === 'Orphan' ? ['orphan'] : [];
    // A later deletion cannot weaken what an earlier one asked for, nor lengthen the grace that it gave.
    const wanted = deletionTimestamp ? finalizers : [...others, ...asked];
    const grace = Math.min(
      resource.strategy.gracePeriodSeconds?.(object, gracePeriodSeconds) ?? 0,
      deletionTimestamp ? (deletionGracePeriodSeconds ?? 0) : Number.POSITIVE_INFINITY,
    );
    const unchanged = deletionTimestamp !== undefined && grace === (deletionGracePeriodSeconds ?? 0);
    const marked = withMetadata(object, {
      finalizers: wanted.length > 0 ? wanted : undefined,
      deletionTimestamp: unchanged
        ? deletionTimestamp
        : timestamp(new Date(this.#hooks.now().getTime() + grace * 1000)),
      deletionGracePeriodSeconds: grace,
      generation: deletionTimestamp || generation === undefined ? generation : generation + 1,
    });
    return resource.strategy.beginDeletion?.(marked) ?? marked;
  }
}

export function collectionOf(
  of: { group: string; resource: string; alias?: { group: string; resource: string } | undefined },
  cluster: string,
): string {
  const { group, resource } = of.alias ?? of;
  return `${cluster}/${group}/${resource}`;
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

export function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function fresh(
  resource: ResourceDefinition,
  { namespace, name }: Address,
): { name: string; namespace: string | undefined } {
  return { name, namespace: resource.namespaced ? namespace : undefined };
}

// apiVersion, kind and metadata come first, as every client prints them.
function ordered(resource: ResourceDefinition, object: StoredObject): StoredObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata, ...rest };
}

function checkName({ namespace, name }: Address, object: StoredObject): void {
  const metadata = metadataOf(object);
  if (metadata.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  // What is in no namespace may name one all the same; it is dropped.
  if (namespace !== '' && metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

function checkVersion(resource: ResourceDefinition, name: string, current: StoredRecord, input: StoredObject): void {
  const { resourceVersion } = metadataOf(input);
  const live = metadataOf(current.object);
  if (resourceVersion && resourceVersion !== live.resourceVersion) throw conflict(resource, name, objectModified);
}

/** Preconditions of a deletion. The real server names the kind here, not the resource. */
function checkPreconditions(
  { group, kind }: ResourceDefinition,
  name: string,
  current: StoredRecord,
  { uid, resourceVersion }: { uid?: string | undefined; resourceVersion?: string | undefined },
): void {
  const live = metadataOf(current.object);
  const refuse = (why: string): Error => conflict({ group, resource: kind }, name, why);
  if (uid && uid !== live.uid) {
    throw refuse(
      `the UID in the precondition (${uid}) does not match the UID in record (${live.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== live.resourceVersion) {
    throw refuse(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${live.resourceVersion}). The object might have been modified`,
    );
  }
}

function onlyStatus(old: StoredObject, input: StoredObject): StoredObject {
  const { status: _old, ...rest } = old;
  const managedFields = metadataOf(input).managedFields;
  const kept = managedFields === undefined ? rest : withMetadata(rest, { managedFields });
  return input['status'] === undefined ? kept : { ...kept, status: input['status'] };
}

/** Anything outside metadata and status is the spec, as far as `generation` goes; so is the status where it is no subresource. */
function bumpGeneration(resource: ResourceDefinition, old: StoredObject, next: StoredObject): StoredObject {
  const generation = metadataOf(old).generation;
  const statusCounts = isCustom(resource) && !resource.statusSubresource;
  const same = jsonEqual(specOf(old), specOf(next)) && (!statusCounts || jsonEqual(old['status'], next['status']));
  if (generation === undefined || same) return next;
  return withMetadata(next, { generation: generation + 1 });
}

function specOf({
  apiVersion: _version,
  kind: _kind,
  metadata: _metadata,
  status: _status,
  ...spec
}: StoredObject): StoredObject {
  return spec;
}

function chosenPart(
  { strategy }: ResourceDefinition,
  subresource: string,
  input: StoredObject,
  old: StoredObject,
): StoredObject {
  const special = strategy.subresources?.[subresource];
  if (special) return special(input, old);
  return subresource === 'status' ? onlyStatus(old, input) : strategy.prepareUpdate(input, old);
}

function isFinished({ strategy }: ResourceDefinition, object: StoredObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadataOf(object);
  if (deletionTimestamp === undefined || finalizers.length > 0 || deletionGracePeriodSeconds > 0) return false;
  return !strategy.isRetained?.(object);
}

function finalizerFaults(old: StoredObject, next: StoredObject) {
  const { deletionTimestamp, finalizers: before = [] } = metadataOf(old);
  const added = (metadataOf(next).finalizers ?? []).filter((name) => !before.includes(name));
  if (!deletionTimestamp || added.length === 0) return [];
  const list = added.map((name) => JSON.stringify(name)).join(', ');
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  return [{ reason: 'FieldValueForbidden', message, field: 'metadata.finalizers' }];
}

/** An object stays the one it is; other things that the server sets are taken from the old object, whatever a client sends. */
function immutableFaults(old: StoredObject, input: StoredObject): FieldFault[] {
  const [before, given] = [metadataOf(old), metadataOf(input)];
  return (['uid', 'deletionTimestamp'] as const).flatMap((key) => {
    const value = given[key];
    return !value || value === before[key] ? [] : [invalidValue(`metadata.${key}`, value, 'field is immutable')];
  });
}

// A kind that is another's view is judged, and named, as that one.
function refuse({ group, kind, alias }: ResourceDefinition, name: string, faults: Parameters<typeof invalid>[2]): void {
  if (faults.length > 0) throw invalid({ group: alias?.group ?? group, kind }, name, faults);
}
