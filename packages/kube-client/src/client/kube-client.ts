import type { KubeList, KubeObject } from '../objects/object.ts';
import { apiVersionOf, collectionPath, objectPath, type Place, type Resource } from '../objects/resource.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { Transport } from '../transport/transport.ts';
import { evict } from './evict.ts';
import { InFlightLimit } from './in-flight-limit.ts';
import { listAll, listPages } from './list.ts';
import type {
  ApplyObject,
  ApplyOptions,
  DeleteOptions,
  Eviction,
  ListOptions,
  PatchType,
  Selection,
  WatchOptions,
  WriteOptions,
} from './options.ts';
import { type RequestCount, RequestMetrics } from './request-metrics.ts';
import { type Call, type CallOptions, type KubeWarning, Sender } from './sender.ts';
import { getTable, type KubeTable } from './table.ts';
import { watch } from './watch.ts';
import type { WatchEvent } from './watch-event.ts';
import { watchListOffered } from './watch-list-offered.ts';

export interface KubeClientOptions {
  readonly transport: Transport;
  /** `pullpath` unless set. */
  readonly userAgent?: string | undefined;
  /** Owner of the fields that this client writes; the first word of the user agent unless set. */
  readonly fieldManager?: string | undefined;
  /** Warnings of the server; dropped unless set. */
  readonly onWarning?: ((warning: KubeWarning) => void) | undefined;
  readonly limit?: InFlightLimit | undefined;
  /** Milliseconds for a whole call, 60,000 unless set. */
  readonly deadlineMs?: number | undefined;
  /** Milliseconds without a byte after which one attempt of it ends, 30,000 unless set. */
  readonly attemptMs?: number | undefined;
  /** The longest answer, 512 MiB unless set. */
  readonly maxBodyBytes?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** A client of one API server. Every call rejects with a `KubeError`. */
export class KubeClient {
  readonly fieldManager: string;
  readonly limit: InFlightLimit;
  readonly #transport: Transport;
  readonly #metrics = new RequestMetrics();
  readonly #sender: Sender;
  #watchListOffered: Promise<boolean> | undefined;

  constructor(options: KubeClientOptions) {
    const userAgent = options.userAgent ?? 'pullpath';
    this.fieldManager = options.fieldManager ?? userAgent.split('/', 1)[0] ?? userAgent;
    this.limit = options.limit ?? new InFlightLimit();
    this.#transport = options.transport;
    this.#sender = new Sender({
      transport: options.transport,
      userAgent,
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
      limit: this.limit,
      metrics: this.#metrics,
      onWarning: options.onWarning ?? (() => undefined),
      deadlineMs: options.deadlineMs ?? 60_000,
      attemptMs: options.attemptMs ?? 30_000,
      maxBodyBytes: options.maxBodyBytes ?? 512 * 2 ** 20,
    });
  }

  async get<T extends KubeObject>(resource: Resource<T>, place: Place, options: CallOptions = {}): Promise<T> {
    return (await this.#object('get', 'GET', resource, place, {}, options)) as T;
  }

  /** All pages together, as one state: when the history of the first pages is gone, the list starts anew. */
  async list<T extends KubeObject>(resource: Resource<T>, options: ListOptions = {}): Promise<KubeList<T>> {
    return listAll(this.#sender, resource, options);
  }

  /** Page by page. Throws a 410 when the server no longer has the state of the first page. */
  pages<T extends KubeObject>(resource: Resource<T>, options: ListOptions = {}): AsyncGenerator<KubeList<T>> {
    return listPages(this.#sender, resource, options);
  }

  /** The changes of one connection, until the server ends it, with bookmarks. A reflector goes on after that. */
  watch<T extends KubeObject>(resource: Resource<T>, options: WatchOptions = {}): AsyncGenerator<WatchEvent<T>> {
    return watch(this.#sender, resource, options);
  }

  async create<T extends KubeObject>(resource: Resource<T>, object: T, options: WriteOptions = {}): Promise<T> {
    const { subresource } = options;
    const { namespace, name } = object.metadata;
    const path = subresource
      ? objectPath(resource, { namespace, name, subresource })
      : collectionPath(resource, inNamespace(resource, namespace));
    const call = { verb: 'create', method: 'POST', path, body: typed(resource, object) } as const;
    return (await this.#call(call, resource, options, this.#writeQuery(options))) as T;
  }

  /** Replaces the object. With its `resourceVersion` it fails with a conflict when someone was faster. */
  async update<T extends KubeObject>(resource: Resource<T>, object: T, options: WriteOptions = {}): Promise<T> {
    const place = { ...object.metadata, subresource: options.subresource };
    const query = this.#writeQuery(options);
    return (await this.#object('update', 'PUT', resource, place, query, options, typed(resource, object))) as T;
  }

  /** Server-side apply: makes the fields of `object` what they are, and removes what this manager applied before. */
  async apply<T extends KubeObject>(
    resource: Resource<T>,
    object: ApplyObject<T>,
    options: ApplyOptions = {},
  ): Promise<T> {
    const place = { ...(object.metadata as Place), subresource: options.subresource };
    const query = { ...this.#writeQuery(options), force: String(options.force ?? false) };
    const body = typed(resource, object);
    return (await this.#object('patch', 'PATCH', resource, place, query, options, body, applyType)) as T;
  }

  async patch<T extends KubeObject>(
    resource: Resource<T>,
    place: Place,
    type: PatchType,
    patch: object,
    options: WriteOptions = {},
  ): Promise<T> {
    const where = { ...place, subresource: options.subresource ?? place.subresource };
    const query = this.#writeQuery(options);
    return (await this.#object('patch', 'PATCH', resource, where, query, options, patch, patchTypes[type])) as T;
  }

  /** Gives what the server answers: a Status, or the object while finalizers or a grace period hold it. */
  async delete(resource: Resource, place: Place, options: DeleteOptions = {}): Promise<unknown> {
    return this.#object('delete', 'DELETE', resource, place, {}, options, deleteBody(options));
  }

  /** Deletes every selected object of a namespace, or of a cluster-scoped resource. */
  async deleteAll(resource: Resource, selection: Selection, options: DeleteOptions = {}): Promise<unknown> {
    const { namespace, labelSelector, fieldSelector } = selection;
    const path = collectionPath(resource, inNamespace(resource, namespace));
    const call = { verb: 'deletecollection', method: 'DELETE', path, body: deleteBody(options) } as const;
    return this.#call(call, resource, options, { labelSelector, fieldSelector });
  }

  /** Asks for a pod to go, within the disruption budgets; a refusal for their sake is a result, no error. */
  async evict(pod: Place, options: DeleteOptions = {}): Promise<Eviction> {
    return evict(this.#sender, pod, deleteBody(options), options);
  }

  /** A collection, or one object, in the columns that the server shows to people. */
  async table(resource: Resource, place: Place = {}, options: CallOptions = {}): Promise<KubeTable> {
    return getTable(this.#sender, resource, place, options);
  }

  /** The text at any path, like `/version` or `/readyz`. */
  async raw(path: string, options: CallOptions = {}): Promise<string> {
    return this.#sender.text({ verb: 'get', resource: 'raw', method: 'GET', path }, options);
  }

  /** Whether the server begins watches with all objects when asked to; asked once. */
  async offersWatchList(): Promise<boolean> {
    this.#watchListOffered ??= watchListOffered(this.#sender);
    try {
      return await this.#watchListOffered;
    } catch (error) {
      this.#watchListOffered = undefined;
      throw error;
    }
  }

  /** Requests so far. */
  metrics(): readonly RequestCount[] {
    return this.#metrics.snapshot();
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #object(
    verb: string,
    method: Call['method'],
    resource: Resource,
    place: Place,
    query: Call['query'],
    options: CallOptions,
    body?: unknown,
    contentType?: string,
  ): Promise<unknown> {
    const call = { verb, method, path: objectPath(resource, place), body, contentType };
    return this.#call(call, resource, { ...options, subresource: place.subresource }, query);
  }

  async #call(
    call: Omit<Call, 'resource' | 'query'>,
    { plural }: Resource,
    options: WriteOptions,
    query: Call['query'],
  ): Promise<unknown> {
    const resource = options.subresource === undefined ? plural : `${plural}/${options.subresource}`;
    return this.#sender.json({ ...call, resource, query }, options);
  }

  #writeQuery({ fieldManager = this.fieldManager, dryRun, fieldValidation }: WriteOptions): Call['query'] {
    return { fieldManager, dryRun: dryRun ? 'All' : undefined, fieldValidation };
  }
}

const applyType = 'application/apply-patch+yaml';

const patchTypes: Readonly<Record<PatchType, string>> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

function typed<T extends object>(resource: Resource, object: T): T {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object };
}

function inNamespace({ namespaced, plural }: Resource, namespace: string | undefined): string | undefined {
  if (namespaced && namespace === undefined) throw new Error(`${plural} need a namespace`);
  return namespace;
}

function deleteBody({ propagation, gracePeriodSeconds, preconditions, dryRun }: DeleteOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(preconditions === undefined ? {} : { preconditions }),
    ...(dryRun ? { dryRun: ['All'] } : {}),
  };
}
