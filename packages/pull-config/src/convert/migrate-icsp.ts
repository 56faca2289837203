import { type KubeObject, type LocatedObject, loadManifests, objectName, originSpan, type Source } from '@pullpath/api';
import { type Diagnostic, hasErrors } from '@pullpath/diagnostics';
import { type ConvertOptions, entriesOf, icspToIdms, isIcsp } from './icsp-document.ts';
import { withWrittenName } from './written-name.ts';
import { yamlDocuments } from './yaml-text.ts';

/** One output file: what became of the policies of one input file. */
export interface MigratedFile {
  /** The input file. */
  readonly from: string;
  /** `imagedigestmirrorset_<first object>.<digits>.yaml`, the digits from its text: equal input gives an equal name. */
  readonly name: string;
  readonly text: string;
  readonly objects: readonly KubeObject[];
}

export interface IcspMigration {
  readonly files: readonly MigratedFile[];
  /** The policies that were migrated, in the order of `files`: what the cluster has before. */
  readonly migrated: readonly LocatedObject[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface IcspMigrationInput extends Source {
  /** True for files found in a directory: such a file may hold no policy at all. */
  readonly optional?: boolean;
}

/**
 * ImageContentSourcePolicies as ImageDigestMirrorSets, one output per input with any. A file with a fault yields nothing
 * and does not stop others; objects of other kinds are passed over. Entries with equal sources are kept and reported.
 * Source of names and texts: `oc adm migrate icsp`.
 */
export function migrateIcsp(inputs: readonly IcspMigrationInput[], options: ConvertOptions = {}): IcspMigration {
  const names = new Set<string>();
  const results = inputs.map((input) => migrateFile(input, options, names));
  const migrated = results.flatMap((result) => result.migrated);
  return {
    files: results.flatMap(({ files }) => files),
    migrated,
    diagnostics: [...results.flatMap(({ diagnostics }) => diagnostics), ...equalSources(migrated)],
  };
}

function migrateFile(input: IcspMigrationInput, options: ConvertOptions, names: Set<string>): IcspMigration {
  const { file, text } = input;
  if (text === '') return failed(atStart(file, 'icsp-no-data', `no data found in ImageContentSourceFile ${file}`));
  const loaded = loadManifests([input]);
  if (hasErrors(loaded.diagnostics)) return failed(...loaded.diagnostics.map((fault) => decodeFault(file, fault)));
  const policies = loaded.objects.filter(({ object }) => isIcsp(object)).map((policy) => withWrittenName(policy, text));
  const migrated = policies.map(({ located }) => located);
  if (migrated.length === 0) return input.optional === true ? failed() : failed(missing(input, loaded.objects));
  const converted = migrated.map((located) => icspToIdms(located, options));
  const faults = converted.flatMap(({ diagnostics }) => diagnostics.map((fault) => decodeFault(file, fault)));
  if (faults.length > 0) return failed(...faults);
  const objects = converted.flatMap(({ object }) => object ?? []);
  const diagnostics = [...loaded.diagnostics, ...policies.flatMap((policy) => policy.diagnostics)];
  return { files: [outputFile(file, objects, names)], migrated, diagnostics };
}

function failed(...diagnostics: Diagnostic[]): IcspMigration {
  return { files: [], migrated: [], diagnostics };
}

function atStart(file: string, code: 'icsp-no-data' | 'icsp-missing', message: string): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return { code, severity: 'error', message, at: { file, start, end: start } };
}

function missing({ file }: Source, objects: readonly LocatedObject[]): Diagnostic {
  const kinds = [...new Set(objects.map(({ object }) => object.kind))].join(', ');
  const found = kinds === '' ? 'no object' : kinds;
  const fault = atStart(
    file,
    'icsp-missing',
    `could not decode ImageContentSourcePolicy from ${file}: it holds ${found}`,
  );
  return { ...fault, expected: 'apiVersion operator.openshift.io/v1alpha1, kind ImageContentSourcePolicy' };
}

function decodeFault(file: string, fault: Diagnostic): Diagnostic {
  if (fault.severity !== 'error') return fault;
  return { ...fault, message: `error decoding ImageContentSourcePolicy from ${file}: ${fault.message}` };
}

function outputFile(from: string, objects: readonly KubeObject[], names: Set<string>): MigratedFile {
  const text = yamlDocuments(objects);
  const base = objects[0]?.metadata.name ?? '';
  let digits = textNumber(text);
  while (names.has(fileName(base, digits))) digits++;
  names.add(fileName(base, digits));
  return { from, name: fileName(base, digits), text, objects };
}

function fileName(base: string, digits: number): string {
  return `imagedigestmirrorset_${base}.${String(digits).padStart(6, '0')}.yaml`;
}

/** FNV-1a, 32 bits, over the UTF-8 bytes. */
function textNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function equalSources(migrated: readonly LocatedObject[]): Diagnostic[] {
  const first = new Map<string, { readonly located: LocatedObject; readonly index: number }>();
  return migrated.flatMap((located) =>
    entriesOf(located.object).flatMap(({ source = '' }, index): Diagnostic[] => {
      const known = first.get(source);
      if (known === undefined) first.set(source, { located, index });
      return known === undefined ? [] : [equalSource(source, located, index, known.located, known.index)];
    }),
  );
}

function equalSource(
  source: string,
  located: LocatedObject,
  index: number,
  other: LocatedObject,
  otherIndex: number,
): Diagnostic {
  const spanOf = (of: LocatedObject, entry: number) =>
    originSpan({ of, path: ['spec', 'repositoryDigestMirrors', entry, 'source'] });
  return {
    code: 'icsp-equal-source',
    severity: 'info',
    message: `${source} is also a source in ${objectName(other.object)}`,
    at: spanOf(located, index),
    object: objectName(located.object),
    path: `spec.repositoryDigestMirrors[${index}].source`,
    related: [{ message: 'first here', at: spanOf(other, otherIndex) }],
    hint: 'nodes merge the mirrors of both; put them in one entry to fix their order',
  };
}
