import { metadataOf, withMetadata } from '../rest/metadata.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import type { Field, Scalar } from './messages/field.ts';
import { fieldsOf, membersOf } from './messages/index.ts';
import { quantityText } from './scalars/quantity.ts';
import { microTimeText, timeText } from './scalars/time.ts';
import { WrongValue } from './wrong-value.ts';

/** What a kind is called in messages, and the message that describes it. */
export interface TypedKind {
  readonly version: string;
  readonly kind: string;
  readonly message: string;
}

/**
 * An object as the typed decoder of the real server reads it and writes it again: unknown fields are gone, zero values that Go
 * leaves out are gone, and those that it always writes are there; quantities and times have their canonical form. Throws `ApiError` 400
 * in Go's words for a value of another type.
 */
export function decodeTyped(kind: TypedKind, object: StoredObject): StoredObject {
  try {
    const { apiVersion, kind: name } = object;
    const read = { ...definedOnly({ apiVersion, kind: name }), ...readMessage(kind.message, object, '') };
    return forgetsOwners(object) ? withMetadata(read, { managedFields: [] }) : read;
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    throw badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${error.message}`);
  }
}

/** An empty list of owners is a wish of its own: to forget those that there are. */
function forgetsOwners(object: StoredObject): boolean {
  const { metadata } = object;
  const owners = typeof metadata === 'object' && metadata !== null ? metadataOf(object).managedFields : undefined;
  return Array.isArray(owners) && owners.length === 0;
}

type Json = Readonly<Record<string, unknown>>;

function definedOnly(map: Json): Json {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}

function readMessage(message: string, value: Json, path: string): Json {
  const entries: [string, unknown][] = [];
  for (const field of membersOf(message).values()) {
    const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    const at = { struct: ownerOf(message, field), path: path === '' ? field.name : `${path}.${field.name}` };
    const read = given === undefined || given === null ? zeroOf(field) : readField(field, given, at);
    if (read !== undefined) entries.push([field.name, read]);
  }
  return Object.fromEntries(entries);
}

interface Place {
  readonly struct: string;
  readonly path: string;
}

// A member of an inlined message belongs to that message's struct.
function ownerOf(message: string, field: Field): string {
  const own = fieldsOf(message).some(({ name, inline }) => name === field.name && !inline);
  if (own) return shortName(message);
  const inlined = fieldsOf(message).find(
    (parent) => parent.inline && parent.message && membersOf(parent.message).has(field.name),
  );
  return inlined?.message ? ownerOf(inlined.message, field) : shortName(message);
}

function shortName(message: string): string {
  return message.slice(message.indexOf('.') + 1);
}

/** What Go writes for a field that is not given; undefined where it leaves it out. */
function zeroOf(field: Field): unknown {
  if (field.pointer || !field.always) return undefined;
  if (field.shape !== 'single') return null;
  return field.message ? readMessage(field.message, {}, '') : zeroScalars[field.scalar as Scalar];
}

const zeroScalars: Readonly<Record<Scalar, unknown>> = {
  string: '',
  int32: 0,
  int64: 0,
  bool: false,
  bytes: null,
  double: 0,
  time: null,
  microTime: null,
  quantity: '0',
  intOrString: 0,
  raw: null,
  fields: null,
  '[]string': null,
};

function readField(field: Field, value: unknown, at: Place): unknown {
  if (field.shape === 'list') return readList(field, value, at);
  if (field.shape === 'map') return readMap(field, value, at);
  const read = readElement(field, value, at);
  if (field.pointer || field.always) return read;
  return isZero(field, read) ? undefined : read;
}

function isZero(field: Field, value: unknown): boolean {
  if (field.message) return Object.keys(value as Json).length === 0;
  return value === '' || value === 0 || value === false || value === null;
}

function readList(field: Field, value: unknown, at: Place): unknown {
  if (!Array.isArray(value)) throw wrongType(value, goType(field), at);
  if (value.length === 0) return field.always ? [] : undefined;
  return value.map((item: unknown) => (item === null ? zeroElement(field) : readElement(field, item, at)));
}

function readMap(field: Field, value: unknown, at: Place): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(value, goType(field), at);
  const entries = Object.entries(value);
  if (entries.length === 0) return field.always ? {} : undefined;
  return Object.fromEntries(
    entries.map(([key, item]) => [key, item === null ? zeroElement(field) : readElement(field, item, at)] as const),
  );
}

function zeroElement({ message, scalar }: Field): unknown {
  return message ? readMessage(message, {}, '') : zeroScalars[scalar as Scalar];
}

function readElement(field: Field, value: unknown, at: Place): unknown {
  if (!field.message) return readScalar(field.scalar as Scalar, value, at);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(value, elementType(field), at);
  return readMessage(field.message, value as Json, at.path);
}

function readScalar(scalar: Scalar, value: unknown, at: Place): unknown {
  switch (scalar) {
    case 'string':
    case 'bool':
      if (typeof value !== goKinds[scalar]) throw wrongType(value, scalar, at);
      return value;
    case 'int32':
    case 'int64':
      return integer(scalar, value, at);
    case 'double':
      if (typeof value !== 'number') throw wrongType(value, 'float64', at);
      return value;
    case 'bytes':
      return base64(value, at);
    case 'time':
      return timeText(stringOr(value, 'v1.Time', at));
    case 'microTime':
      return microTimeText(stringOr(value, 'v1.MicroTime', at));
    case 'quantity':
      return quantityText(typeof value === 'number' ? String(value) : value);
    case 'intOrString':
      return typeof value === 'string' ? value : integer('int32', value, at);
    case '[]string':
      return readList({ shape: 'list', scalar: 'string', always: true } as Field, value, at);
    case 'raw':
    case 'fields':
      return value;
  }
}

const goKinds = { string: 'string', bool: 'boolean' } as const;

function integer(type: 'int32' | 'int64', value: unknown, at: Place): number {
  if (typeof value !== 'number') throw wrongType(value, type, at);
  if (Number.isInteger(value) && (type === 'int64' || Math.abs(value) < 2 ** 31 || value === -(2 ** 31))) return value;
  throw new WrongValue(
    `json: cannot unmarshal number ${value} into Go struct field ${at.struct}.${at.path} of type ${type}`,
  );
}

function stringOr(value: unknown, type: string, at: Place): string {
  if (typeof value !== 'string') throw wrongType(value, type, at);
  return value;
}

function base64(value: unknown, at: Place): string {
  if (typeof value !== 'string') throw wrongType(value, '[]uint8', at);
  const text = value.replaceAll(/[\r\n]/g, '');
  const bad = firstBadBase64(text);
  if (bad !== undefined) throw new WrongValue(`illegal base64 data at input byte ${bad}`);
  return text;
}

/** Offset of the first fault of padded base64, as Go's decoder counts: an unfinished group is reported at its start. */
function firstBadBase64(text: string): number | undefined {
  const body = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const inGroup = body % 4;
  if (body === text.length) return inGroup === 0 ? undefined : body - inGroup;
  if (text[body] !== '=' || inGroup < 2) return body;
  const end = body + 4 - inGroup;
  if (text.length < end) return text.length;
  if (text.slice(body, end) !== '='.repeat(end - body)) return end - 1;
  return text.length === end ? undefined : end;
}

function wrongType(value: unknown, type: string, { struct, path }: Place): WrongValue {
  return new WrongValue(
    `json: cannot unmarshal ${jsonType(value)} into Go struct field ${struct}.${path} of type ${type}`,
  );
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value;
}

function goType(field: Field): string {
  const element = elementType(field);
  if (field.shape === 'list') return `[]${element}`;
  return field.shape === 'map' ? `map[string]${element}` : element;
}

function elementType({ message, scalar }: Field): string {
  if (message) return `v1.${shortName(message)}`;
  return goNames[scalar as Scalar] ?? (scalar as string);
}

const goNames: Partial<Readonly<Record<Scalar, string>>> = {
  bytes: '[]uint8',
  double: 'float64',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
};
