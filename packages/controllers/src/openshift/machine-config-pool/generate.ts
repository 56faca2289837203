import { hasErrors } from '@pullpath/diagnostics';
import {
  builtInPools,
  type Dialect,
  poolMachineConfigs,
  type RenderedScope,
  renderMachineConfigs,
  renderScope,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import type { OwnedObjects, Wanted } from '../../manager/owned-objects.ts';
import { ownerReference } from '../../manager/owner.ts';
import { marks } from './marks.ts';

/**
 * Makes the MachineConfigs that the rules give a pool what they should be; they go with the pool. With faulty rules everything
 * stays as it is: the last good ones, or those of a pool without any rules where there never were good ones.
 */
export async function generateMachineConfigs(
  configs: OwnedObjects,
  pool: LiveObject,
  rendered: RenderedScope,
): Promise<void> {
  const { name } = pool.metadata;
  const before = configs.list().filter(({ metadata }) => metadata.labels?.[marks.generatedFor] === name);
  const isRefused = hasErrors(rendered.diagnostics);
  if (isRefused && before.length > 0) return;
  const wanted = wantedConfigs(pool, isRefused ? renderScope([], { pool: name }, rendered) : rendered);
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  await Promise.all(wanted.map(async (config) => configs.ensure(config)));
  for (const config of before) if (!names.has(config.metadata.name)) await configs.remove(config);
}

// A custom pool takes those of worker too: beside them it has what ContainerRuntimeConfigs give it alone.
function wantedConfigs(
  pool: LiveObject,
  { config, dialect }: { readonly config?: RenderedScope['config']; readonly dialect: Dialect },
): readonly Wanted[] {
  if (!config) return [];
  const { name } = pool.metadata;
  const all = builtInPools.includes(name)
    ? poolMachineConfigs(config, { dialect })
    : renderMachineConfigs(config, { dialect }).filter(({ metadata }) => !metadata.name?.endsWith('-registries'));
  return all.map(({ metadata, spec }) => ({
    metadata: {
      name: metadata.name ?? '',
      labels: { ...metadata.labels, [marks.generatedFor]: name },
      ownerReferences: [ownerReference(pool)],
    },
    spec,
  }));
}
