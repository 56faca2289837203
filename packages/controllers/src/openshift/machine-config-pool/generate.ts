import { hasErrors } from '@pullpath/diagnostics';
import { poolMachineConfigs, type RenderedScope, renderMachineConfigs } from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import type { OwnedObjects, Wanted } from '../../manager/owned-objects.ts';
import { marks } from './marks.ts';

const builtIn = ['master', 'worker', 'arbiter'];

/**
 * Makes the MachineConfigs that the rules give a pool what they should be, and gives them. With faulty rules everything stays
 * as it is: the last good ones.
 */
export async function generateMachineConfigs(
  configs: OwnedObjects,
  pool: string,
  rendered: RenderedScope,
): Promise<readonly LiveObject[]> {
  const before = configs.list().filter(({ metadata }) => metadata.labels?.[marks.generatedFor] === pool);
  if (hasErrors(rendered.diagnostics) || !rendered.config) return before;
  const wanted = wantedConfigs(pool, rendered);
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const made = await Promise.all(wanted.map(async (config) => configs.ensure(config)));
  for (const config of before) if (!names.has(config.metadata.name)) await configs.remove(config);
  return made;
}

// A custom pool takes those of worker too: beside them it has what ContainerRuntimeConfigs give it alone.
function wantedConfigs(pool: string, { config, dialect }: RenderedScope): readonly Wanted[] {
  if (!config) return [];
  const all = builtIn.includes(pool)
    ? poolMachineConfigs(config, { dialect })
    : renderMachineConfigs(config, { dialect }).filter(({ metadata }) => !metadata.name?.endsWith('-registries'));
  return all.map(({ metadata, spec }) => ({
    metadata: { name: metadata.name ?? '', labels: { ...metadata.labels, [marks.generatedFor]: pool } },
    spec,
  }));
}
