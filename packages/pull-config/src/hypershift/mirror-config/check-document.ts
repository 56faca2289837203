import { type LocatedObject, type Path, valueAt } from '@pullpath/api';
import { mirrorKinds } from '../../collect/mirror-rules.ts';
import { checkMirrorRule, type RuleFault, unknownFields } from './check-rules.ts';

/** What is wrong with a document of a mirror ConfigMap, and which reason of the condition that makes. */
export interface DocumentFault {
  readonly path: Path;
  readonly message: string;
  readonly reason: 'InvalidManifest' | 'UnsupportedKind' | 'ValidationFailed';
  readonly hint?: string | undefined;
}

const apiVersion = 'config.openshift.io/v1';
const limits = { maxLength: 512 } as const;

/**
 * Checks one document against the kind of its key: kind, apiVersion, a name that is unique (`taken` collects the names of
 * the key), the rules, and no field that the kind does not have.
 */
export function checkMirrorDocument(
  document: LocatedObject,
  kind: string,
  taken: Set<string>,
): readonly DocumentFault[] {
  const { object } = document;
  if (object.kind !== kind) return [wrongKind(object.kind, kind)];
  if (object.apiVersion !== apiVersion) return [invalid(['apiVersion'], `apiVersion must be ${apiVersion}`)];
  const field = mirrorKinds.find((entry) => entry.kind === kind)?.field ?? '';
  return [
    ...unknownFields(object, ['apiVersion', 'kind', 'metadata', 'spec', 'status'], []).map(fromRule),
    ...nameFaults(object.metadata.name, taken),
    ...specFaults(valueAt(object, ['spec']), field),
  ];
}

function wrongKind(actual: string, expected: string): DocumentFault {
  const hint = actual === 'ImageContentSourcePolicy' ? 'convert it with "migrate icsp"' : undefined;
  return {
    path: ['kind'],
    message: `kind ${actual} does not belong here, expected ${expected}`,
    reason: 'UnsupportedKind',
    hint,
  };
}

function nameFaults(name: unknown, taken: Set<string>): readonly DocumentFault[] {
  const path = ['metadata', 'name'];
  if (typeof name !== 'string' || name === '') return [invalid(path, 'metadata.name is missing')];
  if (!isDnsSubdomain(name)) return [invalid(path, `metadata.name "${name}" is no DNS subdomain`)];
  if (taken.has(name)) return [invalid(path, `metadata.name "${name}" is used by an earlier document of the key`)];
  taken.add(name);
  return [];
}

function specFaults(spec: unknown, field: string): readonly DocumentFault[] {
  if (!isRecord(spec)) return [invalid(['spec'], `spec.${field} is missing`)];
  const rules = spec[field];
  const unknown = unknownFields(spec, [field], ['spec']).map(fromRule);
  if (!Array.isArray(rules)) return [...unknown, invalid(['spec', field], `spec.${field} is missing or no list`)];
  return [
    ...unknown,
    ...rules.flatMap((rule, index) => checkMirrorRule(rule, ['spec', field, index], limits)).map(fromRule),
  ];
}

function fromRule({ path, message, kind }: RuleFault): DocumentFault {
  return { path, message, reason: kind === 'shape' ? 'InvalidManifest' : 'ValidationFailed' };
}

function invalid(path: Path, message: string): DocumentFault {
  return { path, message, reason: 'InvalidManifest' };
}

function isDnsSubdomain(name: string): boolean {
  return name.length <= 253 && name.split('.').every(isDnsLabel);
}

function isDnsLabel(label: string): boolean {
  const isInner = Array.from(label).every((character) => isAlphanumeric(character) || character === '-');
  return label !== '' && isInner && isAlphanumeric(label[0] ?? '') && isAlphanumeric(label.at(-1) ?? '');
}

function isAlphanumeric(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
