import { valueAt } from '@pullpath/api';
import type { LiveObject } from '../../manager/live-object.ts';
import type { OwnedObjects } from '../../manager/owned-objects.ts';
import { marks } from './marks.ts';

/** Configurations of the past that stay, so that a pool can go back. */
const mostKept = 5;

/** Deletes merged configurations of a pool that no node and no pool names, except for the newest few. */
export async function forgetRendered(
  configs: OwnedObjects,
  pool: LiveObject,
  nodes: readonly LiveObject[],
): Promise<void> {
  const named = new Set([...nodes.flatMap(configsOf), nameAt(pool, 'spec'), nameAt(pool, 'status')]);
  const past = configs
    .list()
    .filter(({ metadata }) => metadata.labels?.[marks.renderedFor] === pool.metadata.name && !named.has(metadata.name))
    .sort((one, other) => createdAt(other) - createdAt(one) || (one.metadata.name < other.metadata.name ? -1 : 1));
  for (const config of past.slice(mostKept)) await configs.remove(config);
}

function configsOf({ metadata: { annotations = {} } }: LiveObject): readonly unknown[] {
  return ['currentConfig', 'desiredConfig'].map((name) => annotations[`machineconfiguration.openshift.io/${name}`]);
}

function nameAt(pool: LiveObject, part: 'spec' | 'status'): unknown {
  return valueAt(pool, [part, 'configuration', 'name']);
}

function createdAt({ metadata }: LiveObject): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}
