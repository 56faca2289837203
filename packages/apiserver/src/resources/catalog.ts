import type { Endpoint } from './endpoint.ts';
import type { ResourceDefinition } from './resource.ts';

/** What is served, in a fixed order. A list is never changed in place, so that documents can be cached by it. */
export interface Served {
  readonly resources: readonly ResourceDefinition[];
  readonly endpoints: readonly Endpoint[];
}

/** Finds definitions by group, version and resource; shared by every logical cluster that serves nothing else. */
export class ServedIndex {
  readonly served: Served;
  readonly #resources: ReadonlyMap<string, ResourceDefinition>;
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #groupVersions: ReadonlySet<string>;

  constructor(served: Served) {
    this.served = served;
    this.#resources = new Map(served.resources.map((of) => [`${of.group}/${of.version}/${of.resource}`, of]));
    this.#endpoints = new Map(
      served.endpoints.map((of) => [`${of.group}/${of.version}/${of.resource}/${of.subresource}`, of]),
    );
    this.#groupVersions = new Set(
      [...served.resources, ...served.endpoints].map(({ group, version }) => `${group}/${version}`),
    );
  }

  resource(group: string, version: string, resource: string): ResourceDefinition | undefined {
    return this.#resources.get(`${group}/${version}/${resource}`);
  }

  endpoint(group: string, version: string, resource: string, subresource: string): Endpoint | undefined {
    return this.#endpoints.get(`${group}/${version}/${resource}/${subresource}`);
  }

  hasGroupVersion(group: string, version: string): boolean {
    return this.#groupVersions.has(`${group}/${version}`);
  }
}

/** What one logical cluster serves: the shared base, and its own CustomResourceDefinitions, which win where both have a resource. */
export class Catalog {
  readonly #base: ServedIndex;
  readonly #own = new Map<string, readonly ResourceDefinition[]>();
  #index: ServedIndex;

  constructor(base: ServedIndex) {
    this.#base = base;
    this.#index = base;
  }

  get index(): ServedIndex {
    return this.#index;
  }

  /** Serves the versions of a CustomResourceDefinition (`<plural>.<group>`) from now on; none removes it. */
  set(name: string, versions: readonly ResourceDefinition[]): void {
    if (versions.length > 0) this.#own.set(name, versions);
    else if (!this.#own.delete(name)) return;
    this.#index = this.#own.size === 0 ? this.#base : new ServedIndex(this.#merged());
  }

  /** Sets many at once: the index is built one time. */
  setAll(entries: Iterable<readonly [string, readonly ResourceDefinition[]]>): void {
    for (const [name, versions] of entries) if (versions.length > 0) this.#own.set(name, versions);
    if (this.#own.size > 0) this.#index = new ServedIndex(this.#merged());
  }

  #merged(): Served {
    const { resources, endpoints } = this.#base.served;
    const kept = resources.filter(({ resource, group }) => !this.#own.has(`${resource}.${group}`));
    const own = [...this.#own.keys()].sort().flatMap((name) => this.#own.get(name) ?? []);
    return { resources: [...kept, ...own], endpoints };
  }
}

/** True for what a CustomResourceDefinition defines: no strategic merge, untyped decoding. */
export function isCustom(resource: ResourceDefinition): boolean {
  return !resource.strategicMerge;
}

/** True for what no request deletes many of: a namespace takes its content along. */
export function isDeletedSingly({ group, resource }: ResourceDefinition): boolean {
  return group === '' && resource === 'namespaces';
}
