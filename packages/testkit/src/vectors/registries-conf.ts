import {
  digestRules,
  editRegistries,
  mergeMirrorSets,
  type RegistriesConf,
  type RegistryEntry,
  readRegistriesConf,
  type ScopeRule,
  tagRules,
  validateRules,
  writeRegistriesConf,
  writeSearchDropIn,
} from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { type MirrorObjects, rulesOf, scopesOf } from './mirror-rules.ts';
import type { Area } from './run-vectors.ts';

interface Input extends MirrorObjects {
  readonly template: string;
  readonly insecure: string[] | null;
  readonly blocked: string[] | null;
}

/** node-config `registries-conf`: the text of registries.conf and of the search drop-in, newest dialect. */
export const registriesConf: Area = {
  renderRegistriesConf: (input: Input) => {
    const [fault] = [...validateRules(listsOf(input), rulesOf(input)), ...edited(input, []).faults];
    if (fault) return { error: recordedError(fault) };
    const template = templateOf(input.template);
    const { registries } = edited(input, template.registries);
    return { toml: writeRegistriesConf({ ...template, registries }, '4.19') };
  },
  renderSearchDropIn: ({ search }: { search: string[] }) => {
    const { path, contents } = writeSearchDropIn(search, '4.19');
    return { files: [{ path, contents }] };
  },
};

/** node-config `registries-edit`: the entries before they become text. */
export const registriesEdit: Area = {
  editRegistries: (input: Input & { registries: never[] }) => ({
    registries: edited(input, input.registries).registries.map(plainEntry),
  }),
};

function edited(input: Input, registries: readonly RegistryEntry[]): ReturnType<typeof editRegistries> {
  const rules = rulesOf(input);
  return editRegistries({
    registries,
    digestSets: mergeMirrorSets(digestRules(rules)),
    tagSets: mergeMirrorSets(tagRules(rules)),
    insecure: listsOf(input).insecureRegistries,
    blocked: listsOf(input).blockedRegistries,
    dialect: '4.19',
  });
}

function listsOf({ insecure, blocked }: Input): Record<'insecureRegistries' | 'blockedRegistries', ScopeRule[]> {
  return {
    insecureRegistries: scopesOf('insecureRegistries', insecure) ?? [],
    blockedRegistries: scopesOf('blockedRegistries', blocked) ?? [],
  };
}

function templateOf(text: string): RegistriesConf {
  const { value } = readRegistriesConf({ file: 'template', text });
  if (!value) throw new Error('the recorded template does not parse');
  return value;
}

function plainEntry(entry: RegistryEntry): Record<string, unknown> {
  const { prefix, location, insecure, blocked, mirrors } = entry;
  return {
    prefix,
    location,
    insecure: insecure || undefined,
    blocked: blocked || undefined,
    mirrors: mirrors.map((mirror) => ({
      location: mirror.location,
      insecure: mirror.insecure || undefined,
      pullFromMirror: mirror.pullFromMirror,
    })),
  };
}
