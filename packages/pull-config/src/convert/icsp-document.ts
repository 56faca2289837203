import { type KubeObject, type LocatedObject, objectName, type Path } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isDnsSubdomain } from './dns-subdomain.ts';
import { portableMetadata } from './portable-metadata.ts';

export interface ConvertOptions {
  /**
   * `strip` (default) drops what a server wrote (uid, resourceVersion, ...), so that the result can be created on any
   * cluster; `keep` keeps all metadata but the creation time, as `oc adm migrate icsp` does.
   */
  readonly serverFields?: 'strip' | 'keep' | undefined;
}

/** True for the kind that is migrated, whatever is in it. */
export function isIcsp({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'ImageContentSourcePolicy' && apiVersion === 'operator.openshift.io/v1alpha1';
}

/**
 * The ImageDigestMirrorSet that says the same as an ImageContentSourcePolicy: same name, entries in the same order, no
 * mirrorSourcePolicy (an ICSP has none), unknown fields and status dropped. Wrong field types are diagnostics and no object.
 */
export function icspToIdms(
  located: LocatedObject,
  { serverFields = 'strip' }: ConvertOptions = {},
): { readonly object?: KubeObject; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = [...nameFaults(located), ...entryFaults(located)];
  if (diagnostics.length > 0) return { diagnostics };
  const { object } = located;
  const idms = {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: portableMetadata(object.metadata, serverFields),
    spec: { imageDigestMirrors: entriesOf(object).map(digestMirror) },
  };
  return { object: idms, diagnostics };
}

function nameFaults(located: LocatedObject): Diagnostic[] {
  const { name } = located.object.metadata;
  if (typeof name === 'string' && isDnsSubdomain(name)) return [];
  const message = `the name ${JSON.stringify(name ?? '')} is not a DNS subdomain`;
  return [faultAt(located, ['metadata', 'name'], 'icsp-name-invalid', message)];
}

function entryFaults(located: LocatedObject): Diagnostic[] {
  const spec = located.object['spec'];
  if (spec === undefined || spec === null) return [];
  if (!isRecord(spec)) return [faultAt(located, ['spec'], 'icsp-invalid', 'spec is not a mapping')];
  const list = spec['repositoryDigestMirrors'];
  const path = ['spec', 'repositoryDigestMirrors'];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [faultAt(located, path, 'icsp-invalid', 'repositoryDigestMirrors is not a list')];
  return list.flatMap((entry: unknown, index) => faultsOfEntry(located, entry, [...path, index]));
}

function faultsOfEntry(located: LocatedObject, entry: unknown, path: Path): Diagnostic[] {
  if (!isRecord(entry)) return [faultAt(located, path, 'icsp-invalid', 'an entry is not a mapping')];
  const { source, mirrors } = entry as { source?: unknown; mirrors?: unknown };
  const sourceFaults =
    source === undefined || typeof source === 'string'
      ? []
      : [faultAt(located, [...path, 'source'], 'icsp-invalid', 'source is not a string')];
  return [...sourceFaults, ...mirrorFaults(located, mirrors, [...path, 'mirrors'])];
}

function mirrorFaults(located: LocatedObject, mirrors: unknown, path: Path): Diagnostic[] {
  if (mirrors === undefined || mirrors === null) return [];
  if (!Array.isArray(mirrors)) return [faultAt(located, path, 'icsp-invalid', 'mirrors is not a list')];
  return mirrors.flatMap((mirror: unknown, index) =>
    typeof mirror === 'string' ? [] : [faultAt(located, [...path, index], 'icsp-invalid', 'a mirror is not a string')],
  );
}

function faultAt(
  located: LocatedObject,
  path: Path,
  code: 'icsp-invalid' | 'icsp-name-invalid',
  message: string,
): Diagnostic {
  return { code, severity: 'error', message, at: located.source?.span(path), object: objectName(located.object) };
}

/** One entry as upstream decodes it; a missing source is the empty one. */
export interface IcspEntry {
  readonly source?: string;
  readonly mirrors?: readonly string[] | null;
}

/** The entries of an ImageContentSourcePolicy without faults. */
export function entriesOf(icsp: KubeObject): readonly IcspEntry[] {
  const spec = icsp['spec'] as { repositoryDigestMirrors?: readonly IcspEntry[] | null } | null | undefined;
  return spec?.repositoryDigestMirrors ?? [];
}

function digestMirror({ source = '', mirrors }: IcspEntry): object {
  return mirrors && mirrors.length > 0 ? { source, mirrors: [...mirrors] } : { source };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
