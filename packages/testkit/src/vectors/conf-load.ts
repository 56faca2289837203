import {
  convertV1,
  loadConfFile,
  loadRegistriesConf,
  normalizeLocation,
  type PartialConf,
} from '@pullpath/pull-config';
import {
  confFiles,
  firstError,
  type RecordedConf,
  recordedAliases,
  recordedConf,
  recordedRegistry,
} from './conf-shapes.ts';
import type { Area } from './run-vectors.ts';

interface V1Lists {
  readonly search: readonly string[];
  readonly insecure: readonly string[];
  readonly block: readonly string[];
}

/** node-config `conf-load`: containers/image `sysregistriesv2` reading files. */
export const confLoad: Area = {
  loadFile: ({ toml, requireV2 }: { toml: string; requireV2: boolean }) => {
    const loaded = loadConfFile({ file: 'registries.conf', text: toml }, { allowV1: !requireV2 });
    return loaded.value ? { parsed: recordedPart(loaded.value) } : firstError(loaded.diagnostics);
  },
  loadMerged: (input: RecordedConf) => {
    const loaded = loadRegistriesConf(...confFiles(input));
    return loaded.value ? { merged: recordedConf(loaded.value) } : firstError(loaded.diagnostics);
  },
  normalizeLocation: ({ input }: { input: string }) => {
    const location = normalizeLocation(input);
    return location.ok ? { value: location.value } : { error: { code: location.code } };
  },
  convertV1: ({ search, insecure, block }: V1Lists) => {
    const faults: Parameters<typeof convertV1>[1] = [];
    const tables = convertV1({ search, insecure, block }, faults);
    if (faults[0]) return { error: { code: faults[0].code } };
    const registries = tables.map((table) => recordedRegistry({ ...table, mirrors: [], origins: [] }));
    return { registries, unqualifiedSearchRegistries: search };
  },
};

function recordedPart(part: PartialConf) {
  return {
    additionalLayerStoreAuthHelper: part.additionalLayerStoreAuthHelper,
    aliases: recordedAliases(part.aliases),
    credentialHelpers: part.credentialHelpers ?? null,
    registries: part.registries.map(recordedRegistry),
    shortNameMode: part.shortNameMode || 'unset',
    unqualifiedSearchRegistries: part.searchRegistries ?? null,
  };
}
