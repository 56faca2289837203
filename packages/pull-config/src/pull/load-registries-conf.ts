import { compareBytes } from '../formats/go-order.ts';
import { type ConfFault, confDiagnostic } from '../formats/registries-conf-fault.ts';
import {
  aliasRecord,
  type ConfFile,
  decodeRegistriesConf,
  type Loaded,
  type RegistriesToml,
  registryEntry,
} from '../formats/registries-conf-read.ts';
import type { RegistriesConf, RegistryEntry } from '../model.ts';
import { parseAliasValue, shortNameFault } from './aliases.ts';
import { checkRegistries, checkSearch, checkWildcards } from './check-registries.ts';
import { convertV1 } from './convert-v1.ts';

/** The modes of short-name resolution. */
export type ShortNameMode = 'disabled' | 'permissive' | 'enforcing';

/** One checked file, before it is merged. Undefined and empty mean that the file does not say. */
export interface PartialConf {
  readonly registries: readonly RegistryEntry[];
  readonly searchRegistries: readonly string[] | undefined;
  readonly credentialHelpers: readonly string[] | undefined;
  readonly shortNameMode: ShortNameMode | '';
  readonly additionalLayerStoreAuthHelper: string;
  readonly aliases: ReadonlyMap<string, string>;
}

/**
 * The configuration that containers/image (`sysregistriesv2`) makes of a main file and its drop-ins, in the order given: a
 * registry of a later file replaces the one of the same prefix as a whole, lists and modes are replaced, aliases are
 * merged. Entries are sorted by prefix; prefixes, the short-name mode and the credential helpers are filled in. An error in
 * any file means that containers/image pulls nothing at all; the errors of all files are reported.
 */
export function loadRegistriesConf(main: ConfFile | undefined, dropIns: readonly ConfFile[]): Loaded<RegistriesConf> {
  const parts = [
    ...(main ? [loadConfFile(main, { allowV1: true })] : []),
    ...dropIns.map((file) => loadConfFile(file, { allowV1: false })),
  ];
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  const values = parts.flatMap(({ value }) => (value ? [value] : []));
  return { value: values.length === parts.length ? mergeParts(values) : undefined, diagnostics };
}

/** The files of a `registries.conf.d` that are read, in their order: `*.conf`, by the bytes of their names. */
export function orderDropIns(files: readonly ConfFile[]): readonly ConfFile[] {
  return files.filter(({ file }) => file.endsWith('.conf')).sort((a, b) => compareBytes(a.file, b.file));
}

/** Checks one file. Version 1 is converted where allowed: containers/image took it in the main file only. */
export function loadConfFile(file: ConfFile, { allowV1 }: { readonly allowV1: boolean }): Loaded<PartialConf> {
  const { toml, diagnostics, of } = decodeRegistriesConf(file);
  if (toml === undefined) return { value: undefined, diagnostics };
  const faults: ConfFault[] = [];
  const value = checkParts(toml, allowV1, faults, (table) => registryEntry(of, table));
  const failed = faults.some(({ severity }) => severity !== 'warning');
  return { value: failed ? undefined : value, diagnostics: faults.map((fault) => confDiagnostic(fault, of.source)) };
}

/** The mode of a `short-name-mode`, or undefined. */
export function parseShortNameMode(text: string): ShortNameMode | undefined {
  return text === 'disabled' || text === 'permissive' || text === 'enforcing' ? text : undefined;
}

/** Checks decoded fields; `entryOf` makes the entry of a checked table. Faults are pushed in upstream's order. */
export function checkParts(
  toml: RegistriesToml,
  allowV1: boolean,
  faults: ConfFault[],
  entryOf: (table: Parameters<typeof registryEntry>[1]) => RegistryEntry,
): PartialConf {
  const v1 = toml.v1 && checkV1(toml, allowV1, faults);
  const written = v1 ? convertV1(v1, faults) : (toml.registries ?? []);
  const tables = checkRegistries(written, faults);
  const search = v1 ? v1.search : toml.searchRegistries;
  const searchPath = v1 ? ['registries', 'search', 'registries'] : ['unqualified-search-registries'];
  const searchRegistries = search && checkSearch(search, searchPath, faults);
  const shortNameMode = checkShortNameMode(toml.shortNameMode, faults);
  checkWildcards(tables, faults);
  return {
    registries: tables.map(entryOf),
    searchRegistries,
    credentialHelpers: toml.credentialHelpers,
    shortNameMode,
    additionalLayerStoreAuthHelper: toml.additionalLayerStoreAuthHelper,
    aliases: checkAliases(toml.aliases ?? new Map(), faults),
  };
}

function checkV1(toml: RegistriesToml, allowV1: boolean, faults: ConfFault[]): RegistriesToml['v1'] {
  const path = ['registries'];
  if (!allowV1) faults.push({ code: 'v1-in-drop-in', message: 'a drop-in must be in the version 2 format', path });
  else if (hasV2Field(toml))
    faults.push({ code: 'v1-v2-mixed', message: 'fields of versions 1 and 2 must not be mixed', path });
  else
    faults.push({
      code: 'v1-format',
      message: 'the file is in the version 1 format, which current releases of containers/image refuse',
      path,
      hint: 'write one [[registry]] table per registry, and unqualified-search-registries for the search list',
      severity: 'warning',
    });
  return toml.v1;
}

function hasV2Field(toml: RegistriesToml): boolean {
  const { registries, searchRegistries, credentialHelpers, aliases } = toml;
  const present = [registries, searchRegistries, credentialHelpers, aliases].some((field) => field !== undefined);
  return present || toml.shortNameMode !== '' || toml.additionalLayerStoreAuthHelper !== '';
}

function checkShortNameMode(written: string, faults: ConfFault[]): ShortNameMode | '' {
  const mode = parseShortNameMode(written);
  if (mode === undefined && written !== '')
    faults.push({
      code: 'invalid-short-name-mode',
      message: `short-name-mode has the unknown value "${written}"`,
      path: ['short-name-mode'],
      expected: 'disabled, permissive or enforcing',
    });
  return mode ?? '';
}

function checkAliases(written: ReadonlyMap<string, string>, faults: ConfFault[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const [name, text] of written) {
    const path = ['aliases', name];
    const wrongName = shortNameFault(name);
    if (wrongName) faults.push({ code: wrongName.code, message: wrongName.message, path });
    // An empty value takes back an alias of an earlier file.
    const value = text === '' ? { ok: true as const, value: '' } : parseAliasValue(text);
    if (value.ok) aliases.set(name, value.value);
    else faults.push({ code: value.code, message: value.message, path });
  }
  return aliases;
}

/** Merges checked files, later ones over earlier ones, and fills in the defaults. */
export function mergeParts(parts: readonly PartialConf[]): RegistriesConf {
  const registries = new Map(parts.flatMap((part) => part.registries.map((entry) => [entry.prefix, entry] as const)));
  const helpers = parts.findLast((part) => part.credentialHelpers !== undefined)?.credentialHelpers ?? [];
  return {
    registries: [...registries.values()].sort((a, b) => compareBytes(a.prefix, b.prefix)),
    searchRegistries: parts.findLast((part) => part.searchRegistries !== undefined)?.searchRegistries,
    credentialHelpers: helpers.length > 0 ? helpers : ['containers-auth.json'],
    shortNameMode: parts.findLast((part) => part.shortNameMode !== '')?.shortNameMode ?? 'permissive',
    additionalLayerStoreAuthHelper:
      parts.findLast((part) => part.additionalLayerStoreAuthHelper !== '')?.additionalLayerStoreAuthHelper ?? '',
    aliases: aliasRecord(new Map(parts.flatMap((part) => [...part.aliases]))),
  };
}
