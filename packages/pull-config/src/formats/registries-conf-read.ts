import type { LocatedObject, Path, SourceMap } from '@pullpath/api';
import { type Diagnostic, lineIndex } from '@pullpath/diagnostics';
import { parse, TomlError } from 'smol-toml';
import type { PullFromMirror, RegistriesConf, RegistryEntry } from '../model.ts';
import { type ConfFault, confDiagnostic } from './registries-conf-fault.ts';
import { allStringsOf, booleanOf, stringOf, stringsOf, type TomlTable, tableOf, tablesOf } from './toml-decode.ts';
import { tomlSourceMap } from './toml-places.ts';

/** A text file of a node, by the name that messages show. */
export interface ConfFile {
  readonly file: string;
  readonly text: string;
}

/** The fields of a `[[registry.mirror]]` table as written. */
export interface MirrorToml {
  readonly location: string;
  readonly insecure: boolean;
  readonly pullFromMirror: string;
  readonly path: Path;
}

/** The fields of a `[[registry]]` table as written; nothing is filled in or checked. */
export interface RegistryToml extends MirrorToml {
  readonly prefix: string;
  readonly blocked: boolean;
  readonly mirrorByDigestOnly: boolean;
  readonly mirrors: readonly MirrorToml[];
}

/** A registries.conf as written. An absent list is undefined, which differs from an empty one when files are merged. */
export interface RegistriesToml {
  readonly registries: readonly RegistryToml[] | undefined;
  readonly searchRegistries: readonly string[] | undefined;
  readonly credentialHelpers: readonly string[] | undefined;
  readonly shortNameMode: string;
  readonly additionalLayerStoreAuthHelper: string;
  readonly aliases: ReadonlyMap<string, string> | undefined;
  /** The lists of the version 1 format; undefined unless at least one is there. */
  readonly v1: V1Toml | undefined;
}

export interface V1Toml {
  readonly search: readonly string[] | undefined;
  readonly insecure: readonly string[] | undefined;
  readonly block: readonly string[] | undefined;
}

/** What loading gives: the value, or undefined when any diagnostic is an error. Warnings stand beside a value. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one registries.conf as it stands, without the checks and defaults of `loadRegistriesConf`: what
 * machine-config-operator edits. Fields of version 1 are ignored.
 */
export function readRegistriesConf(file: ConfFile): Loaded<RegistriesConf> {
  const { toml, diagnostics, of } = decodeRegistriesConf(file);
  if (toml === undefined) return { value: undefined, diagnostics };
  const value: RegistriesConf = {
    searchRegistries: toml.searchRegistries,
    shortNameMode: toml.shortNameMode,
    additionalLayerStoreAuthHelper: toml.additionalLayerStoreAuthHelper,
    credentialHelpers: toml.credentialHelpers ?? [],
    registries: (toml.registries ?? []).map((registry) => registryEntry(of, registry)),
    aliases: aliasRecord(toml.aliases ?? new Map()),
  };
  return { value, diagnostics };
}

/** A table of the file `of` as an entry whose origins are its lines. */
export function registryEntry(of: LocatedObject, { path, mirrors, ...registry }: RegistryToml): RegistryEntry {
  return {
    prefix: registry.prefix,
    location: registry.location,
    insecure: registry.insecure,
    blocked: registry.blocked,
    mirrorByDigestOnly: registry.mirrorByDigestOnly,
    mirrors: mirrors.map(({ location, insecure, pullFromMirror, path: mirrorPath }) => ({
      location,
      insecure,
      // Other texts are refused when a configuration is loaded; a file that is only edited keeps them.
      pullFromMirror: pullFromMirror as PullFromMirror,
      origins: [{ of, path: mirrorPath }],
    })),
    origins: [{ of, path }],
  };
}

/** Aliases as data without a prototype: `__proto__` is a key like any other. */
export function aliasRecord(aliases: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of aliases) record[name] = value;
  return record;
}

/** A decoded file. `toml` is undefined when its text is no TOML or a field has the wrong type; `diagnostics` then say why. */
export interface DecodedConf {
  readonly toml: RegistriesToml | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The file as an object, for the origins of what was read. */
  readonly of: LocatedObject & { readonly source: SourceMap };
}

/**
 * Decodes a registries.conf of either version as containers/image decodes it: unknown fields are ignored, names match in
 * any case, a wrong type is an error. All wrong types are reported.
 */
export function decodeRegistriesConf({ file, text }: ConfFile): DecodedConf {
  const source = tomlSourceMap(file, text);
  const of = { object: { apiVersion: 'sysregistriesv2', kind: 'registries.conf', metadata: {} }, source };
  const document = parseToml({ file, text });
  if ('diagnostic' in document) return { toml: undefined, diagnostics: [document.diagnostic], of };
  const faults: ConfFault[] = [];
  const toml = readDocument({ table: document.table, path: [], faults });
  const diagnostics = faults.map((fault) => confDiagnostic(fault, source));
  return { toml: faults.length === 0 ? toml : undefined, diagnostics, of };
}

function parseToml(conf: ConfFile): { table: Record<string, unknown> } | { diagnostic: Diagnostic } {
  try {
    return { table: parse(conf.text, { integersAsBigInt: 'asNeeded' }) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { diagnostic: syntaxDiagnostic(conf, error) };
  }
}

function syntaxDiagnostic({ file, text }: ConfFile, { message, line, column }: TomlError): Diagnostic {
  const lines = lineIndex(text);
  const start = lines.position(lines.offset(line, column));
  const why = message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '') ?? '';
  return {
    code: 'conf-toml-syntax',
    severity: 'error',
    message: `the file is not valid TOML: ${why}`,
    at: { file, start, end: start },
    object: 'registries.conf',
  };
}

function readDocument(root: TomlTable): RegistriesToml {
  return {
    registries: tablesOf(root, 'registry')?.map(readRegistry),
    searchRegistries: stringsOf(root, 'unqualified-search-registries'),
    credentialHelpers: stringsOf(root, 'credential-helpers'),
    shortNameMode: stringOf(root, 'short-name-mode'),
    additionalLayerStoreAuthHelper: stringOf(root, 'additional-layer-store-auth-helper'),
    aliases: readAliases(tableOf(root, 'aliases')),
    v1: readV1(tableOf(root, 'registries')),
  };
}

function readRegistry(table: TomlTable): RegistryToml {
  return {
    ...readMirror(table),
    prefix: stringOf(table, 'prefix'),
    blocked: booleanOf(table, 'blocked'),
    mirrorByDigestOnly: booleanOf(table, 'mirror-by-digest-only'),
    mirrors: tablesOf(table, 'mirror')?.map(readMirror) ?? [],
  };
}

function readMirror(table: TomlTable): MirrorToml {
  return {
    location: stringOf(table, 'location'),
    insecure: booleanOf(table, 'insecure'),
    pullFromMirror: stringOf(table, 'pull-from-mirror'),
    path: table.path,
  };
}

function readAliases(table: TomlTable | undefined): ReadonlyMap<string, string> | undefined {
  return table && allStringsOf(table);
}

function readV1(table: TomlTable | undefined): V1Toml | undefined {
  if (table === undefined) return undefined;
  const list = (name: string) => stringsOf(tableOf(table, name) ?? { ...table, table: {} }, 'registries');
  const v1 = { search: list('search'), insecure: list('insecure'), block: list('block') };
  return Object.values(v1).some((names) => names !== undefined) ? v1 : undefined;
}
