import type { NodeFile, RegistriesConf } from '../model.ts';
import type { PullContext } from './explain/context.ts';
import { loadCompiledConf } from './load-compiled-conf.ts';
import { nodePullContext } from './node-pull-context.ts';
import { resolvePull } from './resolve-pull.ts';
import { prepareResolver } from './resolver.ts';

/**
 * How nodes with these files pull, with entries that still know their rules: the files are loaded as the runtime loads
 * them, so that what breaks a node breaks here; the tables are then those of the compiled configuration.
 */
export function contextOfScope(
  files: readonly NodeFile[],
  compiled: RegistriesConf | undefined,
  runtime: string,
): PullContext {
  const context = nodePullContext(files, runtime);
  const loaded = compiled && loadCompiledConf(compiled).value;
  if (!context.resolver || !loaded) return context;
  // A drop-in may have replaced the search list, and that has no table.
  const { searchRegistries } = context.resolver.conf;
  const resolver = prepareResolver({ ...loaded, searchRegistries });
  return { ...context, route: (image) => resolvePull(resolver, image, runtime === 'crio' ? { mode: 'disabled' } : {}) };
}
