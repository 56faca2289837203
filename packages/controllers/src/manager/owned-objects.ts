import {
  type ApplyObject,
  compareResourceVersions,
  type DeleteOptions,
  isConflict,
  isNotFound,
  keyOf,
  type ObjectStore,
} from '@pullpath/kube-client';
import type { ApiCluster } from './api-cluster.ts';
import { type LiveObject, withKind } from './live-object.ts';
import { mergePatch } from './merge-patch.ts';
import { covers, isSame } from './same.ts';
import type { Watched } from './watched.ts';

/** What this process wrote and its cache has not seen yet. */
interface Written {
  /** Undefined when it was deleted. */
  readonly object: LiveObject | undefined;
  /** Of the object that was written or deleted. */
  readonly uid: string | undefined;
  readonly version: string;
  /** `performance.now()` of the answer. */
  readonly at: number;
}

/** Owner of what controllers apply; others that run in the same process own what they apply. */
const fieldManager = 'pullpath-controllers';

/** A cache that is longer behind than this will not come: what it has counts again. */
const longestLagMs = 30_000;

/** What an object should be. Its `spec` and `data` are the whole of them, unless `defaulted` says that the server adds to them. */
export type Wanted = Pick<LiveObject, 'metadata'> & { readonly [key: string]: unknown };

/**
 * The objects of one collection as a writer needs them: what the cache holds, or what this process itself wrote as long as
 * the cache is behind. Writes nothing that is as it should be.
 */
export class OwnedObjects {
  readonly #api: ApiCluster;
  readonly #watched: Watched;
  readonly #store: ObjectStore<LiveObject>;
  readonly #written = new Map<string, Written>();

  constructor(api: ApiCluster, watched: Watched) {
    this.#api = api;
    this.#watched = watched;
    this.#store = api.watch(watched).store;
    this.#store.onChange(({ type, object }) => this.#see(keyOf(object), object, type === 'deleted'));
  }

  /** By `namespace/name`, or `name`. */
  get(key: string): LiveObject | undefined {
    const written = this.#written.get(key);
    if (written && performance.now() - written.at < longestLagMs) return written.object;
    this.#written.delete(key);
    return this.#store.get(key);
  }

  /** The objects with this value in an index of the watched collection, as the cache has them. */
  byIndex(index: string, value: string): readonly LiveObject[] {
    return this.#store.byIndex(index, value).flatMap((object) => this.get(keyOf(object)) ?? []);
  }

  list(): readonly LiveObject[] {
    const keys = new Set([...this.#store.keys(), ...this.#written.keys()]);
    return [...keys].flatMap((key) => this.get(key) ?? []);
  }

  /** Makes an object what it should be, with one server-side apply if anything differs. Gives the object as it is then. */
  async ensure(wanted: Wanted, { defaulted = false }: { readonly defaulted?: boolean } = {}): Promise<LiveObject> {
    const current = this.get(keyOf(wanted));
    if (current && isAsWanted(current, wanted, defaulted)) return current;
    const { resource } = this.#watched;
    const options = { force: true, fieldManager };
    const applied = await this.#api.client.apply(resource, wanted as ApplyObject<LiveObject>, options);
    return this.#remember(applied);
  }

  /** Sets members of the status, if any differs; null removes one. */
  async patchStatus(object: LiveObject, status: Readonly<Record<string, unknown>>): Promise<LiveObject> {
    const current = (object.status ?? {}) as Readonly<Record<string, unknown>>;
    const kept = Object.fromEntries(Object.entries(current).filter(([key]) => !Object.hasOwn(status, key)));
    const members = mergePatch(current, { ...kept, ...status });
    if (members === undefined) return object;
    return this.#patch(object, { status: members }, 'status');
  }

  /** Sets members of the spec, if any differs; null removes one. */
  async patchSpec(object: LiveObject, spec: Readonly<Record<string, unknown>>): Promise<LiveObject> {
    const current = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
    const differs = Object.entries(spec).some(([key, value]) => !isSame(current[key] ?? null, value ?? null));
    return differs ? this.#patch(object, { spec }) : object;
  }

  /** Sets annotations, labels or finalizers, if any differs; null removes one. */
  async patchMetadata(object: LiveObject, metadata: Readonly<Record<string, unknown>>): Promise<LiveObject> {
    const differs = Object.entries(metadata).some(([key, value]) => !hasMembers(object.metadata[key], value));
    return differs ? this.#patch(object, { metadata }) : object;
  }

  /** Sends a merge patch that holds only while nobody has changed the object since; undefined when somebody has, or it is gone. */
  async patchUnchanged(
    object: LiveObject,
    patch: { readonly metadata?: object; readonly [member: string]: unknown },
  ): Promise<LiveObject | undefined> {
    const { resourceVersion } = object.metadata;
    try {
      return await this.#patch(object, { ...patch, metadata: { ...patch.metadata, resourceVersion } });
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error;
      return undefined;
    }
  }

  /** Deletes an object, unless it is gone; what has its name since is another object. */
  async remove(object: LiveObject, options: DeleteOptions = {}): Promise<void> {
    const { namespace, name, uid, resourceVersion: version = '' } = object.metadata;
    const preconditions = uid === undefined ? {} : { preconditions: { uid } };
    try {
      const { resource } = this.#watched;
      const answer = await this.#api.client.delete(resource, { namespace, name }, { ...preconditions, ...options });
      if (isDeletedLater(answer, resource.kind)) return void this.#remember(answer);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    if (this.#store.get(keyOf(object)))
      this.#written.set(keyOf(object), { object: undefined, uid, version, at: performance.now() });
  }

  async #patch(object: LiveObject, patch: object, subresource?: string): Promise<LiveObject> {
    const { namespace, name } = object.metadata;
    const options = subresource === undefined ? {} : { subresource };
    const { resource } = this.#watched;
    return this.#remember(await this.#api.client.patch(resource, { namespace, name }, 'merge', patch, options));
  }

  #remember(answer: LiveObject): LiveObject {
    const object = withKind(this.#watched.resource, answer);
    const { uid, resourceVersion = '' } = object.metadata;
    const cached = this.#store.get(keyOf(object));
    if (!cached || isOlder(cached, resourceVersion))
      this.#written.set(keyOf(object), { object, uid, version: resourceVersion, at: performance.now() });
    return object;
  }

  #see(key: string, object: LiveObject, isDeleted: boolean): void {
    const written = this.#written.get(key);
    if (!written) return;
    const sameObject = written.uid === object.metadata.uid;
    if (isDeleted ? sameObject : !sameObject || (written.object && !isOlder(object, written.version)))
      this.#written.delete(key);
  }
}

const owned = new WeakMap<ApiCluster, Map<Watched, OwnedObjects>>();

/** The one writer's view of a collection of an API, shared by all controllers. */
export function ownedObjects(api: ApiCluster, watched: Watched): OwnedObjects {
  const ofApi = owned.get(api) ?? new Map<Watched, OwnedObjects>();
  owned.set(api, ofApi);
  const objects = ofApi.get(watched) ?? new OwnedObjects(api, watched);
  ofApi.set(watched, objects);
  return objects;
}

/** Finalizers, or a grace period, still hold it. */
function isDeletedLater(answer: unknown, kind: string): answer is LiveObject {
  const { kind: answered, metadata } = answer as Partial<LiveObject>;
  return answered === kind && metadata?.deletionTimestamp !== undefined;
}

function isAsWanted(current: LiveObject, { metadata, ...rest }: Wanted, defaulted: boolean): boolean {
  const { labels, annotations, ownerReferences, finalizers } = metadata;
  const marks = { labels, annotations, ownerReferences, finalizers };
  if (
    !Object.entries(marks).every(
      ([key, value]) => value === undefined || covers(current.metadata[key] ?? emptyLike(value), value),
    )
  )
    return false;
  const members = Object.entries(rest).filter(([key]) => key !== 'apiVersion' && key !== 'kind');
  return members.every(([key, value]) => (defaulted ? covers(current[key], value) : isSame(current[key], value)));
}

// The server leaves out what is empty.
function emptyLike(value: unknown): unknown {
  return Array.isArray(value) ? [] : {};
}

// Versions that say nothing about age are those of another kind of server: what the cache has counts then.
function isOlder({ metadata }: LiveObject, version: string): boolean {
  return (compareResourceVersions(metadata.resourceVersion ?? '', version) ?? 0) < 0;
}

function hasMembers(current: unknown, wanted: unknown): boolean {
  if (wanted === null || typeof wanted !== 'object' || Array.isArray(wanted))
    return isSame(current ?? null, wanted ?? null);
  const members = (current ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).every(([key, value]) => isSame(members[key] ?? null, value ?? null));
}
