import type { Diagnostic } from '@pullpath/diagnostics';
import {
  type ConfFile,
  type Mirror,
  orderDropIns,
  type RegistriesConf,
  type RegistryEntry,
} from '@pullpath/pull-config';

/** How the recorded cases write a registry: false and empty fields are left out. */
export interface RecordedRegistry {
  readonly prefix: string;
  readonly location: string;
  readonly insecure?: boolean;
  readonly blocked?: boolean;
  readonly mirrorByDigestOnly?: boolean;
  readonly mirrors: readonly RecordedMirror[];
}

interface RecordedMirror {
  readonly location: string;
  readonly insecure?: boolean;
  readonly pullFromMirror?: Mirror['pullFromMirror'];
}

export function recordedRegistry(entry: RegistryEntry): RecordedRegistry {
  const { prefix, location, insecure, blocked, mirrorByDigestOnly } = entry;
  const mirrors = entry.mirrors.map(recordedMirror);
  return { prefix, location, mirrors, ...onlyTrue({ insecure, blocked, mirrorByDigestOnly }) };
}

export function recordedMirror({ location, insecure, pullFromMirror }: Mirror): RecordedMirror {
  return { location, ...onlyTrue({ insecure }), ...(pullFromMirror === '' ? {} : { pullFromMirror }) };
}

export function onlyTrue(flags: Readonly<Record<string, boolean>>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value));
}

export function entryOf(recorded: RecordedRegistry): RegistryEntry {
  return {
    insecure: false,
    blocked: false,
    mirrorByDigestOnly: false,
    ...recorded,
    mirrors: recorded.mirrors.map((mirror) => ({ insecure: false, pullFromMirror: '', ...mirror, origins: [] })),
    origins: [],
  };
}

export function recordedConf(conf: RegistriesConf): Readonly<Record<string, unknown>> {
  return {
    additionalLayerStoreAuthHelper: conf.additionalLayerStoreAuthHelper,
    aliases: recordedAliases(Object.entries(conf.aliases)),
    credentialHelpers: conf.credentialHelpers,
    registries: conf.registries.map(recordedRegistry),
    shortNameMode: conf.shortNameMode,
    unqualifiedSearchRegistries: conf.searchRegistries ?? null,
  };
}

/** An alias that is set to nothing is recorded as null. */
export function recordedAliases(aliases: Iterable<readonly [string, string]>): Record<string, string | null> {
  return Object.fromEntries([...aliases].map(([name, value]) => [name, value === '' ? null : value]));
}

export interface RecordedConf {
  readonly main: string;
  readonly dropIns: readonly { readonly name: string; readonly toml: string }[];
}

/** The arguments of `loadRegistriesConf`. */
export function confFiles({ main, dropIns }: RecordedConf): [ConfFile, readonly ConfFile[]] {
  const file = (name: string, text: string): ConfFile => ({ file: name, text });
  return [file('registries.conf', main), orderDropIns(dropIns.map(({ name, toml }) => file(name, toml)))];
}

/** The code of the first fault, which is the one that upstream stops at. */
export function firstError(diagnostics: readonly Diagnostic[]): { error: { code: string | undefined } } {
  return { error: { code: diagnostics.find(({ severity }) => severity === 'error')?.code } };
}
