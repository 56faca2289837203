import { createHash } from 'node:crypto';
import { valueAt } from '@pullpath/api';
import { goYaml, isHostedMirrorRecord, type MergedConfig, mergeMachineConfigs } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { located } from '../../manager/located.ts';
import { marks } from './marks.ts';

/** What a pool selects, merged, and the name that it has for what is in it. */
export interface NamedConfig extends MergedConfig {
  /** `rendered-<pool>-<32 hex>` (node-config 2.1). */
  readonly name: string;
}

/** Merges of pools; made again only when a MachineConfig or the selection has changed. */
export class MergedConfigs {
  readonly #known = new Map<string, { readonly inputs: string; readonly merged: NamedConfig }>();

  of(pool: LiveObject, configs: readonly LiveObject[]): NamedConfig {
    const { name } = pool.metadata;
    const selectable = configs.filter(isSelectable);
    const versions = selectable.map(({ metadata: { uid, resourceVersion } }) => `${uid} ${resourceVersion}`);
    const inputs = JSON.stringify([valueAt(pool, ['spec', 'machineConfigSelector']), ...versions.sort()]);
    const known = this.#known.get(name);
    if (known?.inputs === inputs) return known.merged;
    const merged = merge(pool, selectable);
    this.#known.set(name, { inputs, merged });
    return merged;
  }
}

/** Neither made by a merge nor a record of what a hosted cluster has. */
function isSelectable(config: LiveObject): boolean {
  return config.metadata.labels?.[marks.renderedFor] === undefined && !isHostedMirrorRecord(located(config).object);
}

function merge(pool: LiveObject, selectable: readonly LiveObject[]): NamedConfig {
  const merged = mergeMachineConfigs(
    located(pool).object,
    selectable.map((config) => located(config).object),
  );
  const hash = createHash('md5').update('pullpath rendered config\n').update(goYaml(merged.spec)).digest('hex');
  return { ...merged, name: `rendered-${pool.metadata.name}-${hash}` };
}
