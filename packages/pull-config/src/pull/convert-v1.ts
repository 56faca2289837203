import type { Path } from '@pullpath/api';
import type { ConfFault } from '../formats/registries-conf-fault.ts';
import type { RegistryToml, V1Toml } from '../formats/registries-conf-read.ts';
import { normalizeLocation } from './location.ts';

/**
 * The tables that the lists of a version 1 file stand for, blocked ones first (containers/image ConvertToV2). Each keeps
 * the place of its first mention.
 */
export function convertV1({ block, insecure }: V1Toml, faults: ConfFault[]): readonly RegistryToml[] {
  const tables = new Map<string, RegistryToml>();
  const note = (list: 'block' | 'insecure', names: readonly string[] | undefined, change: Partial<RegistryToml>) => {
    for (const [index, name] of (names ?? []).entries()) {
      const path = ['registries', list, 'registries', index];
      const location = normalizeLocation(name);
      if (!location.ok) faults.push({ code: location.code, message: location.message, path });
      else
        tables.set(location.value, { ...(tables.get(location.value) ?? bareTable(location.value, path)), ...change });
    }
  };
  note('block', block, { blocked: true });
  note('insecure', insecure, { insecure: true });
  return [...tables.values()];
}

function bareTable(location: string, path: Path): RegistryToml {
  return {
    prefix: location,
    location,
    insecure: false,
    blocked: false,
    mirrorByDigestOnly: false,
    pullFromMirror: '',
    mirrors: [],
    path,
  };
}
