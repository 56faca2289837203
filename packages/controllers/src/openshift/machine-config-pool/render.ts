import { valueAt } from '@pullpath/api';
import type { ApiCluster } from '../../manager/api-cluster.ts';
import type { LiveObject } from '../../manager/live-object.ts';
import { type OwnedObjects, ownedObjects, type Wanted } from '../../manager/owned-objects.ts';
import { ownerReference } from '../../manager/owner.ts';
import { machineConfigs } from '../../resources.ts';
import { rolloutMarks } from '../../rollout/index.ts';
import { machineConfigPools } from '../resources.ts';
import { marks } from './marks.ts';
import type { MergedConfigs, NamedConfig } from './merged-configs.ts';

const apiVersion = 'machineconfiguration.openshift.io/v1';

export interface RenderInput {
  readonly management: ApiCluster;
  readonly merges: MergedConfigs;
  readonly pool: LiveObject;
  /** Whether a configuration that differs has stood long enough for nodes to be told of it. */
  readonly isSettled: (name: string) => boolean;
}

/**
 * Merges what a pool selects into `rendered-<pool>-<hash>` and has the pool name it. Gives the pool as it is then, and whether
 * a newer configuration waits for its time.
 */
export async function renderPool(input: RenderInput): Promise<{ readonly pool: LiveObject; readonly waits: boolean }> {
  const { management, merges, pool, isSettled } = input;
  const configs = ownedObjects(management, machineConfigs);
  const merged = merges.of(pool, configs.list());
  const target = pinnedOver(pool, merged.name, configs) ?? merged.name;
  const current = valueAt(pool, ['spec', 'configuration', 'name']);
  if (target === current) return { pool, waits: false };
  if (typeof current === 'string' && current !== '' && !isSettled(target)) return { pool, waits: true };
  if (target === merged.name) await configs.ensure(renderedConfig(pool, merged));
  return { pool: await nameIt(input, target, merged), waits: false };
}

/** The configuration that an administrator went back to, as long as what it was taken back from is still what rules ask for. */
function pinnedOver({ metadata }: LiveObject, name: string, configs: OwnedObjects): string | undefined {
  const { [rolloutMarks.pinned]: pinned, [rolloutMarks.pinnedOver]: over } = metadata.annotations ?? {};
  return over === name && pinned !== undefined && configs.get(pinned) ? pinned : undefined;
}

function renderedConfig(pool: LiveObject, { name, spec, sources }: NamedConfig): Wanted {
  return {
    metadata: {
      name,
      labels: { [marks.renderedFor]: pool.metadata.name },
      annotations: { 'pullpath.dev/merged-from': sources.join(',') },
      ownerReferences: [ownerReference(pool)],
    },
    spec,
  };
}

async function nameIt(
  { management, pool }: RenderInput,
  name: string,
  { name: asked, sources }: NamedConfig,
): Promise<LiveObject> {
  const pools = ownedObjects(management, machineConfigPools);
  // A pin that has ended must not come to life when rules ask for the same again.
  const ended = name === asked ? { [rolloutMarks.pinned]: null, [rolloutMarks.pinnedOver]: null } : {};
  const unpinned = await pools.patchMetadata(pool, { annotations: ended });
  const source = sources.map((config) => ({ apiVersion, kind: 'MachineConfig', name: config }));
  const named = await pools.patchSpec(unpinned, {
    configuration: { apiVersion, kind: 'MachineConfig', name, ...(name === asked ? { source } : { source: null }) },
  });
  const message = name === asked ? `${name} successfully generated` : `Going back from ${asked} to ${name}`;
  management.event(pool, {
    type: 'Normal',
    reason: name === asked ? 'RenderedConfigGenerated' : 'RolledBack',
    message,
  });
  return named;
}
