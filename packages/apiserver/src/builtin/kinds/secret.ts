import { syntaxFault } from '../../body/json-syntax.ts';
import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, textAt } from '../read.ts';
import { bytesOf, keysFaults, largestData, sealedFaults } from '../validation/data-maps.ts';
import { invalid, required, tooLong } from '../validation/faults.ts';
import { immutable } from '../validation/immutable.ts';

/** Core `v1` Secret; `stringData` is folded into `data` on every write. */
export const secretKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'Secret',
  resource: 'secrets',
  message: 'core.Secret',
  description: 'Confidential bytes by key.',
  namespaced: true,
  columns: [
    nameColumn,
    textColumn('Type', 'What the secret holds', typeOf),
    textColumn('Data', 'Number of keys', (object) => Object.keys(mapAt(object, 'data')).length),
    ageColumn,
  ],
  defaults: (object) => ({ ...folded(object), type: typeOf(object) || 'Opaque' }),
  // A type that an update leaves out stays.
  prepareUpdate: (object, old) => (typeOf(object) === '' ? { ...object, type: typeOf(old) } : object),
  faults,
  updateFirst: true,
  updateFaults: (object, old) => [
    ...immutable('type', typeOf(object), typeOf(old)),
    ...sealedFaults(object, old, ['data']),
  ],
  strategy: { selectableFields: { type: typeOf }, warnings: tlsWarnings },
});

function typeOf(object: StoredObject): string {
  return textAt(object, 'type');
}

function folded(object: StoredObject): StoredObject {
  const { stringData: _texts, ...rest } = object;
  const texts = Object.entries(mapAt(object, 'stringData'));
  if (texts.length === 0) return rest;
  const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')] as const);
  return { ...rest, data: { ...mapAt(object, 'data'), ...Object.fromEntries(encoded) } };
}

function faults(object: StoredObject): FieldFault[] {
  const data = mapAt(object, 'data');
  const rule = typeRules.get(typeOf(object));
  return [
    ...keysFaults('data', data),
    ...(bytesOf(data) > largestData ? [tooLong('data', largestData)] : []),
    ...(rule?.(data, object) ?? []),
  ];
}

type TypeRule = (data: Readonly<Record<string, unknown>>, object: StoredObject) => FieldFault[];

/** What the content of a typed secret must have. Source: Kubernetes `ValidateSecret`. */
const typeRules: ReadonlyMap<string, TypeRule> = new Map<string, TypeRule>([
  ['kubernetes.io/service-account-token', (_data, object) => accountFaults(object)],
  ['kubernetes.io/dockercfg', (data) => jsonFaults(data, '.dockercfg')],
  ['kubernetes.io/dockerconfigjson', (data) => jsonFaults(data, '.dockerconfigjson')],
  [
    'kubernetes.io/basic-auth',
    (data) => (hasAny(data, ['username', 'password']) ? [] : missing(data, ['username', 'password'])),
  ],
  ['kubernetes.io/ssh-auth', (data) => (data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')])],
  ['kubernetes.io/tls', (data) => missing(data, ['tls.crt', 'tls.key'])],
]);

function accountFaults(object: StoredObject): FieldFault[] {
  const annotation = 'kubernetes.io/service-account.name';
  return metadataOf(object).annotations?.[annotation] ? [] : [required(`metadata.annotations[${annotation}]`)];
}

function hasAny(data: Readonly<Record<string, unknown>>, keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(data, key));
}

function missing(data: Readonly<Record<string, unknown>>, keys: readonly string[]): FieldFault[] {
  return keys.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`));
}

function jsonFaults(data: Readonly<Record<string, unknown>>, key: string): FieldFault[] {
  if (!Object.hasOwn(data, key)) return [required(`data[${key}]`)];
  const complaint = jsonComplaint(Buffer.from(String(data[key]), 'base64').toString());
  return complaint === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', complaint)];
}

/** What Go says of a text that is no JSON object; the text itself never shows. */
function jsonComplaint(text: string): string | undefined {
  const fault = syntaxFault(text);
  if (fault !== undefined) return fault;
  const value: unknown = JSON.parse(text);
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
}

/** What kubectl shows of a TLS secret that no server could use. */
function tlsWarnings(object: StoredObject): string[] {
  if (typeOf(object) !== 'kubernetes.io/tls') return [];
  const [certificate, key] = ['tls.crt', 'tls.key'].map((name) =>
    Buffer.from(textAt(object, 'data', name), 'base64').toString(),
  );
  if (!certificate?.includes('-----BEGIN ')) return ['tls: failed to find any PEM data in certificate input'];
  return key?.includes('-----BEGIN ') ? [] : ['tls: failed to find any PEM data in key input'];
}
