import { trackUpdate } from '../apply/track-update.ts';
import { customResourceDefinitions } from '../crds/definition.ts';
import type { ApiRequest, ApiResponse } from '../http/exchange.ts';
import { rootCluster } from '../http/request-info.ts';
import { ServedIndex } from '../resources/catalog.ts';
import { dnsLabelFaults } from '../rest/name-grammar.ts';
import { Rest } from '../rest/rest.ts';
import { ApiError } from '../status/status.ts';
import { FairQueue } from './fair-queue.ts';
import { handleRequest, type Pipeline } from './handle.ts';
import { definitionsOf, installDefinitions, servedBy } from './install-kinds.ts';
import { type LogicalCluster, startCluster } from './logical-cluster.ts';
import { type ApiServerOptions, defaultLimits } from './options.ts';
import { WatchSlots } from './watch-slots.ts';

/** A Kubernetes API without a socket: any number of logical clusters on one store. */
export interface ApiServer {
  readonly rest: Rest;
  /** Answers one request; never rejects. */
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** What a logical cluster serves, which is created by the first call for it. Throws `ApiError` 404 for a name that no cluster can have. */
  cluster(name: string): LogicalCluster;
  clusterNames(): string[];
  /** Ends a logical cluster with everything in it; watches there see all objects go. Throws for the root cluster. */
  removeCluster(name: string): Promise<void>;
  /** From now on `/readyz` says no; clients go elsewhere before `close`. */
  drain(): void;
  /** Stops controllers; the store stays open. */
  close(): void;
}

/** Makes a server ready to answer: stored definitions are served, given kinds are installed. */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const server = new Server(options);
  options.started?.(server);
  await server.install();
  return server;
}

class Server implements ApiServer {
  readonly rest: Rest;
  readonly #options: ApiServerOptions;
  readonly #base: ServedIndex;
  readonly #definitions: ReturnType<typeof definitionsOf>;
  readonly #clusters = new Map<string, LogicalCluster>();
  readonly #pipeline: Pipeline;
  #stopping = false;

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#definitions = definitionsOf(options.kinds ?? []);
    const resources = [...options.resources, customResourceDefinitions, ...servedBy(this.#definitions)];
    this.#base = new ServedIndex({ resources, endpoints: options.endpoints ?? [] });
    const { now = () => new Date(), random = Math.random } = options;
    this.rest = new Rest(options.store, { admit: (attributes) => options.admit(attributes), trackUpdate, now, random });
    this.#pipeline = this.#makePipeline(now, random);
    for (const name of storedClusters(options.store.collectionNames())) this.cluster(name);
  }

  async install(): Promise<void> {
    this.cluster(rootCluster);
    await installDefinitions(this.rest, this.#definitions);
  }

  handle(request: ApiRequest): Promise<ApiResponse> {
    return handleRequest(this.#pipeline, request);
  }

  cluster(name: string): LogicalCluster {
    const known = this.#clusters.get(name);
    if (known) return known;
    if (dnsLabelFaults(name).length > 0)
      throw new ApiError(404, 'NotFound', `no logical cluster can be called ${JSON.stringify(name)}`, {});
    const { services } = this.#pipeline;
    const started = startCluster(name, this.#base, this.rest, {
      now: () => services.now(),
      report: (error) => this.#pipeline.report(error),
    });
    this.#clusters.set(name, started);
    return started;
  }

  clusterNames(): string[] {
    return [...this.#clusters.keys()].sort();
  }

  async removeCluster(name: string): Promise<void> {
    if (name === rootCluster) throw new Error('the root cluster stays');
    this.#clusters.get(name)?.stop();
    this.#clusters.delete(name);
    const { store } = this.#options;
    const collections = store.collectionNames().filter((collection) => clusterOf(collection) === name);
    await Promise.all(
      collections.flatMap((collection) =>
        store.list(collection).map(({ key }) => store.write(collection, key, () => 'delete')),
      ),
    );
  }

  drain(): void {
    this.#stopping = true;
  }

  close(): void {
    this.drain();
    for (const { stop } of this.#clusters.values()) stop();
  }

  #makePipeline(now: () => Date, random: () => number): Pipeline {
    const limits = { ...defaultLimits, ...this.#options.limits };
    return {
      services: {
        rest: this.rest,
        decodeProtobuf: this.#options.decodeProtobuf,
        authorizeCreate: ({ user, request, target }) =>
          this.#options.authorize(user, { ...request, method: 'POST' }, target),
        now,
        random,
      },
      options: this.#options,
      queue: new FairQueue(limits),
      watches: new WatchSlots(limits),
      requestMs: limits.requestMs,
      indexOf: (name) => this.#served(name),
      isStopping: () => this.#stopping,
      report: (error) => this.#options.report?.(error),
    };
  }

  // A cluster that nobody created is not there: a mistyped path must not make one.
  #served(name: string): ServedIndex {
    const cluster = this.#clusters.get(name);
    if (!cluster) throw new ApiError(404, 'NotFound', `logical cluster ${JSON.stringify(name)} not found`, {});
    return cluster.catalog.index;
  }
}

function storedClusters(collections: readonly string[]): Set<string> {
  return new Set(collections.map(clusterOf));
}

function clusterOf(collection: string): string {
  return collection.slice(0, collection.indexOf('/'));
}
