import type { LocatedObject } from '@pullpath/api';
import type { Source } from '@pullpath/kube-client';
import { type RenderedScope, renderScope } from '@pullpath/pull-config';
import type { ApiCluster } from '../manager/api-cluster.ts';
import { located } from '../manager/located.ts';
import type { Watched } from '../manager/watched.ts';
import { contentSourcePolicies, digestMirrorSets, tagMirrorSets } from '../resources.ts';
import {
  clusterImagePolicies,
  clusterVersions,
  configConfigMaps,
  containerRuntimeConfigs,
  globalPullSecret,
  imageContentPolicies,
  imagePolicies,
  images,
  machineConfigPools,
  proxies,
} from './resources.ts';

/** Everything that decides what pools get (node-config 1.1); a pool counts by its labels. */
const decisive: readonly Watched[] = [
  digestMirrorSets,
  contentSourcePolicies,
  tagMirrorSets,
  imageContentPolicies,
  images,
  clusterImagePolicies,
  imagePolicies,
  clusterVersions,
  proxies,
  containerRuntimeConfigs,
  configConfigMaps,
  globalPullSecret,
];

/** What the rules of a cluster give each pool; made again only when a rule has changed. */
export class PoolRules {
  readonly #management: ApiCluster;
  #objects: readonly LocatedObject[] | undefined;
  readonly #rendered = new Map<string, { readonly labels: string; readonly scope: RenderedScope }>();

  constructor(management: ApiCluster) {
    this.#management = management;
    for (const watched of decisive) management.watch(watched).store.onChange(({ cause }) => this.#forget(cause));
  }

  /** Every pool whenever a rule changes. */
  sources(everyPool: () => readonly string[]): readonly Source[] {
    return decisive.map((watched) => this.#management.watch(watched).keys(everyPool));
  }

  /** Its files, and what is wrong with the rules. */
  render(pool: string): RenderedScope {
    const pools = this.#management.watch(machineConfigPools).store.list();
    const labels = pools
      .map(({ metadata }) => JSON.stringify([metadata.name, metadata.labels]))
      .sort()
      .join('\n');
    const known = this.#rendered.get(pool);
    if (known?.labels === labels) return known.scope;
    const scope = renderScope([...this.#all(), ...pools.map(located)], { pool });
    this.#rendered.set(pool, { labels, scope });
    return scope;
  }

  // By name: which of several equal rules comes first must not depend on when each was seen.
  #all(): readonly LocatedObject[] {
    this.#objects ??= decisive.flatMap((watched) => {
      const { store } = this.#management.watch(watched);
      return store
        .keys()
        .sort()
        .flatMap((key) => store.get(key) ?? [])
        .map(located);
    });
    return this.#objects;
  }

  #forget(cause: string): void {
    if (cause === 'resync') return;
    this.#objects = undefined;
    this.#rendered.clear();
  }
}

const rules = new WeakMap<ApiCluster, PoolRules>();

/** The rules of an API, shared by all controllers. */
export function poolRules(management: ApiCluster): PoolRules {
  const known = rules.get(management) ?? new PoolRules(management);
  rules.set(management, known);
  return known;
}
