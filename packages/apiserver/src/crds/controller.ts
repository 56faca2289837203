import type { Catalog } from '../resources/catalog.ts';
import { collectionOf } from '../rest/address.ts';
import { metadataOf, timestamp, withMetadata } from '../rest/metadata.ts';
import type { Rest } from '../rest/rest.ts';
import type { WriteOptions } from '../rest/write.ts';
import { ApiError } from '../status/status.ts';
import type { StoredObject, StoreEvent } from '../store/record.ts';
import { isConditionTrue, withCondition } from './conditions.ts';
import { customResources } from './custom-resource.ts';
import { cleanupFinalizer, customResourceDefinitions } from './definition.ts';
import { judgeNames } from './name-conflicts.ts';
import { mapIn, type SchemaProps, textIn } from './schema.ts';

export interface DefinitionControllerOptions {
  readonly rest: Rest;
  readonly cluster: string;
  readonly catalog: Catalog;
  readonly now: () => Date;
  /** A failure that no client sees, such as a full disk; the definition is tried again when the server starts next. */
  readonly report: (error: unknown) => void;
}

const own: Omit<WriteOptions, 'subresource'> = { manager: 'kube-apiserver', dryRun: false };

/**
 * Serves the CustomResourceDefinitions of one logical cluster: from the moment that a definition is durable its kind is
 * usable, its conditions follow, and a deleted one takes its objects along. Source: apiextensions-apiserver `establish`,
 * `status` and `finalizer` controllers.
 */
export class DefinitionController {
  readonly #options: DefinitionControllerOptions;
  readonly #stops: (() => void)[] = [];

  constructor(options: DefinitionControllerOptions) {
    this.#options = options;
  }

  start(): void {
    const { rest, cluster, catalog } = this.#options;
    const collection = collectionOf(customResourceDefinitions, cluster);
    const definitions = rest.store.list(collection).map(({ object }) => object);
    catalog.setAll(definitions.filter(isServed).map((object) => [nameOf(object), customResources(object)] as const));
    this.#stops.push(rest.store.subscribe(collection, (event) => this.#changed(event)));
    for (const object of definitions) this.#settle(object);
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #changed({ type, record }: StoreEvent): void {
    const { object } = record;
    if (type !== 'DELETED') {
      this.#settle(object);
      return;
    }
    this.#options.catalog.set(nameOf(object), []);
    // Its names are free for those that wanted them too.
    for (const other of this.#others(object)) if (!isServed(other)) this.#settle(other);
  }

  #settle(object: StoredObject): void {
    if (!metadataOf(object).deletionTimestamp) this.#establish(object);
    else {
      this.#options.catalog.set(nameOf(object), isServed(object) ? customResources(object) : []);
      this.#cleanUp(object).catch(this.#options.report);
    }
  }

  #establish(object: StoredObject): void {
    const next = this.#withConditions(object);
    this.#options.catalog.set(nameOf(object), isServed(next) ? customResources(next) : []);
    if (next !== object) this.#writeStatus(nameOf(object), next).catch(this.#options.report);
  }

  /** The same object where its status says all of it already. */
  #withConditions(object: StoredObject): StoredObject {
    const { conflict, accepted: names } = judgeNames(object, this.#others(object));
    const time = timestamp(this.#options.now());
    const accepted = withCondition(object, time, {
      type: 'NamesAccepted',
      status: conflict ? 'False' : 'True',
      reason: conflict?.reason ?? 'NoConflicts',
      message: conflict?.message ?? 'no conflicts found',
    });
    const established = isConditionTrue(object, 'Established');
    const next = established ? accepted : withCondition(accepted, time, establishment(conflict !== undefined));
    const named = withAcceptedNames(next, names);
    return JSON.stringify(named['status']) === JSON.stringify(object['status']) ? object : named;
  }

  #others(object: StoredObject): StoredObject[] {
    const { rest, cluster } = this.#options;
    const records = rest.store.list(collectionOf(customResourceDefinitions, cluster));
    return records.map((record) => record.object).filter((other) => nameOf(other) !== nameOf(object));
  }

  async #writeStatus(name: string, { status }: StoredObject): Promise<void> {
    const { rest, cluster } = this.#options;
    const address = { cluster, namespace: '', name };
    await unlessGone(
      rest.mutate(customResourceDefinitions, address, { ...own, subresource: 'status' }, (current) => {
        if (!current) throw gone();
        return { object: { ...current, status }, tracked: false };
      }),
    );
  }

  /** Deletes every object of the kind; the definition goes when the last one has gone. */
  async #cleanUp(object: StoredObject): Promise<void> {
    if (!metadataOf(object).finalizers?.includes(cleanupFinalizer)) return;
    const { rest, cluster } = this.#options;
    const [resource] = customResources(object);
    const collection = collectionOf(resourceOf(object), cluster);
    const stop = rest.store.subscribe(collection, () => this.#finish(object, collection, stop));
    this.#stops.push(stop);
    for (const record of resource ? rest.store.list(collection) : []) {
      const { name = '', namespace = '' } = metadataOf(record.object);
      const options = { dryRun: false, propagation: 'Background' } as const;
      if (resource) await unlessGone(rest.delete(resource, { cluster, namespace, name }, options));
    }
    this.#finish(object, collection, stop);
  }

  #finish(object: StoredObject, collection: string, stop: () => void): void {
    if (this.#options.rest.store.list(collection).length > 0) return;
    stop();
    this.#removeFinalizer(object).catch(this.#options.report);
  }

  async #removeFinalizer(object: StoredObject): Promise<void> {
    const { rest, cluster } = this.#options;
    const address = { cluster, namespace: '', name: nameOf(object) };
    await unlessGone(
      rest.mutate(customResourceDefinitions, address, { ...own, subresource: '' }, (current) => {
        if (!current || metadataOf(current).uid !== metadataOf(object).uid) throw gone();
        const finalizers = (metadataOf(current).finalizers ?? []).filter((each) => each !== cleanupFinalizer);
        const left = finalizers.length > 0 ? finalizers : undefined;
        return { object: withMetadata(current, { finalizers: left }), tracked: false };
      }),
    );
  }
}

function nameOf(object: StoredObject): string {
  return metadataOf(object).name ?? '';
}

function resourceOf(object: StoredObject): { group: string; resource: string } {
  const spec = mapIn(object, 'spec') ?? {};
  return { group: textIn(spec, 'group'), resource: textIn(mapIn(spec, 'names') ?? {}, 'plural') };
}

function isServed(object: StoredObject): boolean {
  return isConditionTrue(object, 'Established');
}

function establishment(conflicting: boolean): Parameters<typeof withCondition>[2] {
  if (conflicting) {
    const message = 'not all names are accepted';
    return { type: 'Established', status: 'False', reason: 'NotAccepted', message };
  }
  const message = 'the initial names have been accepted';
  return { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message };
}

function withAcceptedNames(object: StoredObject, acceptedNames: SchemaProps): StoredObject {
  return { ...object, status: { ...mapIn(object, 'status'), acceptedNames } };
}

/** Stops a mutation of what is no longer there. */
function gone(): ApiError {
  return new ApiError(404, 'NotFound', 'the definition has gone');
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ApiError && error.status.code === 404)) throw error;
  }
}
