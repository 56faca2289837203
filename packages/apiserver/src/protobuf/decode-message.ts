import type { Field, Scalar } from '../builtin/messages/field.ts';
import { fieldsOf } from '../builtin/messages/index.ts';
import { malformed, readWire, type WireField } from './wire.ts';

type Json = Record<string, unknown>;

// Deeper than any message of the tables; a bound on recursion for hostile bytes.
const deepest = 64;

/** A message of the tables as JSON; fields that are not in the table are skipped. Throws `ApiError` 400. */
export function decodeMessage(message: string, bytes: Buffer, depth = 0): Json {
  if (depth > deepest) throw malformed('nesting too deep');
  const fields = new Map(fieldsOf(message).map((field) => [field.number, field] as const));
  const object: Json = {};
  for (const wire of readWire(bytes)) {
    const field = fields.get(wire.number);
    if (field) take(object, field, wire, depth);
  }
  return object;
}

function take(object: Json, field: Field, { value }: WireField, depth: number): void {
  if (field.inline && field.message) {
    Object.assign(object, decodeMessage(field.message, bytesOf(value), depth + 1));
  } else if (field.shape === 'list') {
    listIn(object, field.name).push(element(field, value, depth));
  } else if (field.shape === 'map') {
    object[field.name] = withEntry(object[field.name], field, bytesOf(value), depth);
  } else object[field.name] = element(field, value, depth);
}

function listIn(object: Json, name: string): unknown[] {
  const list = (object[name] ?? []) as unknown[];
  object[name] = list;
  return list;
}

// Entries are collected in an object without prototype: `__proto__` is a key like any other.
function withEntry(map: unknown, field: Field, bytes: Buffer, depth: number): Json {
  const entries = (map ?? Object.create(null)) as Json;
  let key = '';
  let value: unknown = field.message ? {} : zeroOf(field.scalar as Scalar);
  for (const wire of readWire(bytes)) {
    if (wire.number === 1) key = bytesOf(wire.value).toString();
    if (wire.number === 2) value = element(field, wire.value, depth);
  }
  entries[key] = value;
  return entries;
}

function zeroOf(scalar: Scalar): unknown {
  if (scalar === 'string' || scalar === 'bytes') return '';
  return scalar === '[]string' ? [] : null;
}

function element({ message, scalar }: Field, value: bigint | Buffer, depth: number): unknown {
  return message ? decodeMessage(message, bytesOf(value), depth + 1) : scalars[scalar as Scalar](value);
}

const scalars: Readonly<Record<Scalar, (value: bigint | Buffer) => unknown>> = {
  string: (value) => bytesOf(value).toString(),
  int32: (value) => Number(BigInt.asIntN(32, integerOf(value))),
  int64: (value) => Number(BigInt.asIntN(64, integerOf(value))),
  bool: (value) => integerOf(value) !== 0n,
  bytes: (value) => bytesOf(value).toString('base64'),
  double: (value) => doubleOf(bytesOf(value)),
  time: (value) => timeOf(bytesOf(value), false),
  microTime: (value) => timeOf(bytesOf(value), true),
  quantity: (value) => stringAt(bytesOf(value), 1) || '0',
  intOrString: (value) => intOrStringOf(bytesOf(value)),
  raw: (value) => jsonAt(bytesOf(value)),
  fields: (value) => jsonAt(bytesOf(value)),
  '[]string': (value) => readWire(bytesOf(value)).map((field) => bytesOf(field.value).toString()),
};

function bytesOf(value: bigint | Buffer): Buffer {
  if (typeof value === 'bigint') throw malformed('wrong wire type');
  return value;
}

function integerOf(value: bigint | Buffer): bigint {
  if (typeof value !== 'bigint') throw malformed('wrong wire type');
  return value;
}

function doubleOf(bytes: Buffer): number {
  if (bytes.length !== 8) throw malformed('wrong wire type');
  return bytes.readDoubleLE();
}

function stringAt(bytes: Buffer, number: number): string {
  const field = readWire(bytes).findLast((candidate) => candidate.number === number);
  return field ? bytesOf(field.value).toString() : '';
}

function integerAt(bytes: Buffer, number: number): bigint {
  const field = readWire(bytes).findLast((candidate) => candidate.number === number);
  return field ? BigInt.asIntN(64, integerOf(field.value)) : 0n;
}

/** `Time{seconds, nanos}`; the zero time, which Go writes as an empty message, is null. */
function timeOf(bytes: Buffer, micro: boolean): string | null {
  if (bytes.length === 0) return null;
  const seconds = Number(integerAt(bytes, 1));
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) throw malformed('time out of range');
  const whole = date.toISOString().slice(0, 19);
  if (!micro) return `${whole}Z`;
  const micros = Math.floor(Number(integerAt(bytes, 2)) / 1000);
  return `${whole}.${String(micros).padStart(6, '0')}Z`;
}

/** `IntOrString{type, intVal, strVal}`; type 1 is a string. */
function intOrStringOf(bytes: Buffer): number | string {
  return integerAt(bytes, 1) === 1n ? stringAt(bytes, 3) : Number(integerAt(bytes, 2));
}

function jsonAt(bytes: Buffer): unknown {
  const text = stringAt(bytes, 1);
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}
