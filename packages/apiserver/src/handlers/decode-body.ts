import { formatPath, type Path, type Schema, unknownFields } from '@pullpath/api';
import { decodeObject, type ProtobufDecoder } from '../body/decode-object.ts';
import { summary } from '../body/summary.ts';
import { isCustom } from '../resources/catalog.ts';
import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import { metadataOf } from '../rest/metadata.ts';
import { invalidValue } from '../status/field-faults.ts';
import { badRequest, invalid } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import type { Call } from './call.ts';
import { largestBody } from './call.ts';
import type { FieldValidation } from './write-options.ts';

/** What a body is read as: a kind, or what an endpoint takes. */
export interface BodyKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: Schema;
  readonly custom: boolean;
  decode(body: StoredObject): StoredObject;
}

/** The kind of the bodies of a resource. */
export function bodyKindOf(resource: ResourceDefinition): BodyKind {
  const { group, version, kind, schema, bodySchema = schema } = resource;
  return {
    group,
    version,
    kind,
    schema: bodySchema,
    custom: isCustom(resource),
    decode: (body) => resource.decode(body),
  };
}

/** Reads, types and defaults the body of a create or update; unknown and repeated fields are refused, told or dropped as asked. */
export async function readBody(
  call: Pick<Call, 'request' | 'warnings'>,
  kind: BodyKind,
  validation: FieldValidation,
  decodeProtobuf: ProtobufDecoder,
): Promise<StoredObject> {
  const bytes = await call.request.body(largestBody);
  const { object, repeats } = decodeObject(bytes, call.request.headers['content-type'], {
    protobuf: decodeProtobuf,
    kind,
  });
  const typed = withType(kind, object, bytes);
  const faults = validation === 'Ignore' ? [] : inOrder(kind, typed, repeats);
  if (validation === 'Strict' && faults.length > 0)
    throw badRequest(`${cannotHandle(kind, typed)}: strict decoding error: ${faults.join(', ')}`);
  for (const fault of faults) call.warnings.add(fault);
  return kind.decode(typed);
}

/** Repeated and unknown fields: for custom resources in that order, for built-in kinds as the body has them. */
function inOrder(kind: BodyKind, object: StoredObject, repeats: readonly string[]): string[] {
  const unknown = unknownFaults(kind, object);
  if (kind.custom || repeats.length === 0 || unknown.length === 0) return [...repeats, ...unknown];
  const places = new Map(pathsOf(object, []).map((path, index) => [formatPath(path), index]));
  const placeOf = (fault: string): number => places.get(fault.slice(fault.indexOf('"') + 1, -1)) ?? 0;
  return [...repeats, ...unknown].sort((a, b) => placeOf(a) - placeOf(b));
}

function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...members.flatMap(([step, member]) => pathsOf(member, [...path, step]))];
}

/** Fields that the kind does not have, in the words of the strict decoder. */
export function unknownFaults({ schema, custom }: BodyKind, object: StoredObject): string[] {
  const unknown = unknownFields(schema, object).map((path) => formatPath(path));
  return (custom ? metadataFirst(unknown) : unknown).map((path) => `unknown field "${path}"`);
}

// Metadata of custom resources is decoded before the schema prunes the rest, in sorted order.
function metadataFirst(paths: readonly string[]): string[] {
  const inMetadata = paths.filter((path) => path.startsWith('metadata.'));
  return [...inMetadata, ...paths.filter((path) => !path.startsWith('metadata.')).sort()];
}

function cannotHandle({ kind, version }: BodyKind, object: StoredObject): string {
  return `${String(object['kind'])} in version ${JSON.stringify(version)} cannot be handled as a ${kind}`;
}

/** The object with its type checked; bodies of built-in kinds may leave it out. */
function withType(kind: BodyKind, object: StoredObject, bytes: Buffer): StoredObject {
  const { apiVersion: ownVersion, kind: ownKind, ...rest } = object;
  if (kind.custom && !ownKind) throw missingType(kind, bytes);
  const wanted = apiVersionOf(kind);
  if (kind.custom && !ownVersion) throw versionMismatch('', wanted);
  const typed = { apiVersion: ownVersion || wanted, kind: ownKind || kind.kind, ...rest };
  checkType(kind, typed, wanted);
  return typed;
}

function checkType(kind: BodyKind, object: StoredObject, wanted: string): void {
  const version = String(object['apiVersion']);
  const name = String(object['kind']);
  if (kind.custom && version !== wanted) throw versionMismatch(version, wanted);
  if (name === kind.kind && version === wanted) return;
  if (kind.custom) throw wrongKind(kind, object);
  throw badRequest(
    `${cannotHandle({ ...kind, version: version.split('/').at(-1) ?? '' }, object)}: ${notRegistered(object)}`,
  );
}

/** A built-in kind that there is not. */
export function notRegistered({ kind, apiVersion }: StoredObject): string {
  return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
}

function versionMismatch(version: string, wanted: string): Error {
  return badRequest(`the API version in the data (${version}) does not match the expected API version (${wanted})`);
}

/** A custom resource of another kind than its collection. */
export function wrongKind(kind: BodyKind, object: StoredObject): Error {
  const name = String(object['kind']);
  const fault = invalidValue('kind', name, `must be ${kind.kind}`);
  return invalid({ group: kind.group, kind: name }, metadataOf(object).name ?? '', [fault]);
}

function missingType(kind: BodyKind, bytes: Buffer): Error {
  const text = bytes.toString();
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind.kind}): Object 'Kind' is missing in '${text}' (${summary(bytes)})`,
  );
}
