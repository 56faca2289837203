import { formatPath, originSpan } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { ConfFault } from '../formats/registries-conf-fault.ts';
import type { Loaded, RegistriesToml, RegistryToml } from '../formats/registries-conf-read.ts';
import type { RegistriesConf, RegistryEntry } from '../model.ts';
import { checkParts, mergeParts } from './load-registries-conf.ts';

/**
 * What a node makes of a compiled configuration: as `loadRegistriesConf` of its text, but entries and mirrors keep the
 * origins that they have, so that a pull is explained by the manifest and not by the generated file.
 */
export function loadCompiledConf(conf: RegistriesConf): Loaded<RegistriesConf> {
  const faults: ConfFault[] = [];
  const part = checkParts(asToml(conf), false, faults, (table) => entryOf(conf, table));
  const diagnostics = faults.map((fault) => diagnosticOf(conf, fault));
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { value: failed ? undefined : mergeParts([part]), diagnostics };
}

function asToml(conf: RegistriesConf): RegistriesToml {
  return {
    registries: conf.registries.map(asTable),
    searchRegistries: conf.searchRegistries,
    credentialHelpers: conf.credentialHelpers,
    shortNameMode: conf.shortNameMode,
    additionalLayerStoreAuthHelper: conf.additionalLayerStoreAuthHelper,
    aliases: new Map(Object.entries(conf.aliases)),
    v1: undefined,
  };
}

function asTable(entry: RegistryEntry, index: number): RegistryToml {
  const path = ['registry', index];
  const mirrors = entry.mirrors.map((mirror, at) => ({ ...mirror, path: [...path, 'mirror', at] }));
  return { ...entry, pullFromMirror: '', path, mirrors };
}

/** The entry that a checked table was made of, with what the checks filled in. */
function entryOf(conf: RegistriesConf, { path, prefix, location, mirrors }: RegistryToml): RegistryEntry {
  const entry = conf.registries[Number(path[1])];
  if (entry === undefined) throw new Error(`no entry for ${formatPath(path)}`);
  const filled = entry.mirrors.map((mirror, at) => ({ ...mirror, location: mirrors[at]?.location ?? mirror.location }));
  return { ...entry, prefix, location, mirrors: filled };
}

function diagnosticOf(
  conf: RegistriesConf,
  { code, severity, message, path, expected, hint, other }: ConfFault,
): Diagnostic {
  return {
    code,
    severity: severity ?? 'error',
    message,
    at: spanOf(conf, path),
    object: 'registries.conf',
    path: formatPath(path),
    related: other && [{ message: other.message, at: spanOf(conf, other.path) }],
    expected,
    hint,
  };
}

function spanOf(conf: RegistriesConf, [list, index]: ConfFault['path']): Diagnostic['at'] {
  const [origin] = (list === 'registry' ? conf.registries[Number(index)]?.origins : undefined) ?? [];
  return origin && originSpan(origin);
}
