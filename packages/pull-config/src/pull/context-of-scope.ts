import { nodePullContext } from '../impact/node-pull-context.ts';
import type { NodeFile, RegistriesConf, RegistryEntry } from '../model.ts';
import type { PullContext } from './explain/context.ts';
import { resolvePull } from './resolve-pull.ts';
import { prefixOf, prepareResolver } from './resolver.ts';

/**
 * How nodes with these files pull, with entries that still know their rules: the files are loaded as the runtime loads
 * them, so that what breaks a node breaks here, then each table is given the origins of the compiled one of its prefix.
 */
export function contextOfScope(
  files: readonly NodeFile[],
  compiled: RegistriesConf | undefined,
  runtime: string,
): PullContext {
  const context = nodePullContext(files, runtime);
  if (!context.resolver || !compiled) return context;
  const resolver = prepareResolver(withOrigins(context.resolver.conf, compiled));
  const mode = runtime === 'crio' ? 'disabled' : undefined;
  return { ...context, route: (image) => resolvePull(resolver, image, mode === undefined ? {} : { mode }) };
}

function withOrigins(loaded: RegistriesConf, compiled: RegistriesConf): RegistriesConf {
  const known = new Map(compiled.registries.map((entry) => [prefixOf(entry), entry]));
  return { ...loaded, registries: loaded.registries.map((entry) => originsOf(entry, known.get(prefixOf(entry)))) };
}

// Rendering and loading keep the order of mirrors, so the index names the same mirror on both sides.
function originsOf(entry: RegistryEntry, compiled: RegistryEntry | undefined): RegistryEntry {
  if (!compiled) return entry;
  const mirrors = entry.mirrors.map((mirror, index) => ({
    ...mirror,
    origins: compiled.mirrors[index]?.origins ?? mirror.origins,
  }));
  return { ...entry, mirrors, origins: compiled.origins };
}
