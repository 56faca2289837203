import { createHash } from 'node:crypto';
import { valueAt } from '@pullpath/api';
import { type MergedConfig, mergeMachineConfigs } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import type { OwnedObjects } from '../../manager/owned-objects.ts';
import { marks } from './marks.ts';

const apiVersion = 'machineconfiguration.openshift.io/v1';

export interface RenderInput {
  readonly pools: OwnedObjects;
  readonly configs: OwnedObjects;
  readonly pool: LiveObject;
  /** What the rules made for this pool, as it is now and not as the cache has it. */
  readonly generated: readonly LiveObject[];
  /** Whether a configuration that differs has stood long enough for nodes to be told of it. */
  readonly isSettled: (name: string) => boolean;
}

/**
 * Merges what a pool selects into `rendered-<pool>-<hash>` and has the pool name it. Gives the pool as it is then, and whether
 * a newer configuration waits for its time.
 */
export async function renderPool(input: RenderInput): Promise<{ readonly pool: LiveObject; readonly waits: boolean }> {
  const { configs, pool, isSettled } = input;
  const merged = mergeMachineConfigs(pool as never, selectable(input) as never);
  const name = `rendered-${pool.metadata.name}-${hashOf(merged)}`;
  const current = valueAt(pool, ['spec', 'configuration', 'name']);
  const target = pinnedOver(pool, name, configs) ?? name;
  if (target === current) return { pool, waits: false };
  if (typeof current === 'string' && current !== '' && !isSettled(target)) return { pool, waits: true };
  if (target === name) await configs.ensure(renderedConfig(pool, name, merged));
  return { pool: await nameIt(input, target, merged), waits: false };
}

// Merged ones have no role, so that no pool selects them.
function selectable({ configs, pool, generated }: RenderInput): readonly LiveObject[] {
  const isOwn = ({ metadata }: LiveObject): boolean => metadata.labels?.[marks.generatedFor] === pool.metadata.name;
  return [...configs.list().filter((config) => !isOwn(config)), ...generated];
}

function hashOf({ spec }: MergedConfig): string {
  return createHash('md5').update('pullpath rendered config\n').update(canonical(spec)).digest('hex');
}

// Equal configurations give equal text, whatever the order of their members.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, of]) => `${JSON.stringify(key)}:${canonical(of)}`).join(',')}}`;
}

function renderedConfig({ metadata }: LiveObject, name: string, { spec, sources }: MergedConfig) {
  const { name: pool, uid = '' } = metadata;
  return {
    metadata: {
      name,
      labels: { [marks.renderedFor]: pool },
      annotations: { 'pullpath.dev/merged-from': sources.join(',') },
      ownerReferences: [
        { apiVersion, kind: 'MachineConfigPool', name: pool, uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec,
  };
}

async function nameIt({ pools, pool }: RenderInput, name: string, { sources }: MergedConfig): Promise<LiveObject> {
  const source = sources.map((config) => ({ apiVersion, kind: 'MachineConfig', name: config }));
  return pools.patchSpec(pool, { configuration: { apiVersion, kind: 'MachineConfig', name, source } });
}

/** The configuration that an administrator went back to, as long as what it was taken back from is still what rules ask for. */
function pinnedOver({ metadata }: LiveObject, name: string, configs: OwnedObjects): string | undefined {
  const { [marks.pinned]: pinned, [marks.pinnedOver]: over } = metadata.annotations ?? {};
  return over === name && pinned !== undefined && configs.get(pinned) ? pinned : undefined;
}
