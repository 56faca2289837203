import { type LocatedObject, type Path, validateObject, valueAt } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode } from '@pullpath/diagnostics';
import { mirrorKinds, mirrorRulesOf } from '../../collect/mirror-rules.ts';
import { diagnose } from '../../diagnose.ts';

/** What is wrong with a document of a mirror ConfigMap, and which reason of the condition that makes. */
export interface DocumentFault {
  readonly reason: 'InvalidManifest' | 'UnsupportedKind' | 'ValidationFailed';
  readonly diagnostic: Diagnostic;
}

const apiVersion = 'config.openshift.io/v1';
/** Most characters of a source or mirror. */
const maxLength = 512;

/**
 * Checks one document against the kind of its key: kind, apiVersion, a name that is unique (`taken` collects the names of
 * the key), the schema of the kind without any unknown field, and that every rule has mirrors, none of them its source.
 */
export function checkMirrorDocument(
  document: LocatedObject,
  kind: string,
  taken: Set<string>,
): readonly DocumentFault[] {
  const { object } = document;
  if (object.kind !== kind) return [wrongKind(document, kind)];
  if (object.apiVersion !== apiVersion) return [invalid(document, ['apiVersion'], `apiVersion must be ${apiVersion}`)];
  return [
    ...nameFaults(document, taken),
    ...listFaults(document),
    ...validateObject(document).filter(isError).map(fromSchema),
    ...checkMirrorRules(document).map((diagnostic): DocumentFault => ({ reason: 'ValidationFailed', diagnostic })),
  ];
}

function wrongKind(document: LocatedObject, expected: string): DocumentFault {
  const { kind } = document.object;
  const more = kind === 'ImageContentSourcePolicy' ? { hint: 'convert it with "migrate icsp"' } : {};
  const message = `kind ${kind} does not belong here, expected ${expected}`;
  const origin = { of: document, path: ['kind'] };
  return { reason: 'UnsupportedKind', diagnostic: diagnose('error', 'mirror-manifest-kind', message, origin, more) };
}

function nameFaults(document: LocatedObject, taken: Set<string>): readonly DocumentFault[] {
  const { name } = document.object.metadata;
  const path = ['metadata', 'name'];
  if (typeof name !== 'string' || name === '') return [invalid(document, path, 'metadata.name is missing')];
  if (taken.has(name)) return [invalid(document, path, `an earlier document of the key is named "${name}" too`)];
  taken.add(name);
  return [];
}

/** The list may be empty, but a document without it says nothing, most likely by mistake. */
function listFaults(document: LocatedObject): readonly DocumentFault[] {
  const field = mirrorKinds.find(({ kind }) => kind === document.object.kind)?.field ?? '';
  const list = valueAt(document.object, ['spec', field]);
  return list === undefined || list === null ? [invalid(document, ['spec'], `spec.${field} is missing`)] : [];
}

/** What the schemas of the mirror kinds let pass: rules without mirrors, a mirror that is its source, texts without end. */
export function checkMirrorRules(document: LocatedObject): readonly Diagnostic[] {
  return mirrorRulesOf(document).flatMap(({ source, mirrors, origin: { of, path } }) => [
    ...(mirrors.length === 0 ? [refused(of, path, `at least one mirror must be specified for "${source}"`)] : []),
    ...[source].filter(isTooLong).map(() => refused(of, [...path, 'source'], tooLong)),
    ...mirrors.flatMap((mirror, index) => {
      const at = [...path, 'mirrors', index];
      if (mirror === source) return [refused(of, at, `mirror "${mirror}" is the source itself`)];
      return isTooLong(mirror) ? [refused(of, at, tooLong)] : [];
    }),
  ]);
}

const tooLong = `has more than ${maxLength} characters`;

function isTooLong(text: string): boolean {
  return text.length > maxLength;
}

/** Faults of structure make the manifest invalid, faults of values fail validation. */
const structuralCodes: readonly DiagnosticCode[] = ['field-unknown', 'field-type'];

function fromSchema(diagnostic: Diagnostic): DocumentFault {
  const isStructural = structuralCodes.includes(diagnostic.code) || diagnostic.path?.startsWith('metadata') === true;
  return { reason: isStructural ? 'InvalidManifest' : 'ValidationFailed', diagnostic };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function invalid(of: LocatedObject, path: Path, message: string): DocumentFault {
  return { reason: 'InvalidManifest', diagnostic: diagnose('error', 'mirror-manifest-invalid', message, { of, path }) };
}

function refused(of: LocatedObject, path: Path, message: string): Diagnostic {
  return diagnose('error', 'mirror-rule-invalid', message, { of, path });
}
