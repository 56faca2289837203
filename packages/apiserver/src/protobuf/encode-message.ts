import type { Field, Scalar } from '../builtin/messages/field.ts';
import { fieldsOf } from '../builtin/messages/index.ts';
import { doubleField, integerField, runField } from './write-wire.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON of a message of the tables as its bytes; members that are in no table are left out. */
export function encodeMessage(message: string, object: Json): Buffer {
  return Buffer.concat(fieldsOf(message).flatMap((field) => encodeField(field, object)));
}

function encodeField(field: Field, object: Json): Buffer[] {
  if (field.inline && field.message) {
    const bytes = encodeMessage(field.message, object);
    return bytes.length === 0 ? [] : [runField(field.number, bytes)];
  }
  const value = Object.hasOwn(object, field.name) ? object[field.name] : undefined;
  if (value === undefined || value === null) return [];
  if (field.shape === 'list')
    return Array.isArray(value) ? value.map((item) => element(field, field.number, item)) : [];
  if (field.shape === 'map') return entriesOf(value).map((entry) => encodeEntry(field, entry));
  return [element(field, field.number, value)];
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function encodeEntry(field: Field, [key, value]: [string, unknown]): Buffer {
  return runField(field.number, Buffer.concat([runField(1, key), element(field, 2, value)]));
}

function element({ message, scalar }: Field, number: number, value: unknown): Buffer {
  if (message) return runField(number, encodeMessage(message, isMap(value) ? value : {}));
  return scalars[scalar ?? 'string'](number, value);
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Encode = (number: number, value: unknown) => Buffer;

const integer: Encode = (number, value) => integerField(number, BigInt(Math.trunc(Number(value))));
const text: Encode = (number, value) => runField(number, String(value));
const json: Encode = (number, value) => runField(number, runField(1, JSON.stringify(value)));

const scalars: Readonly<Record<Scalar, Encode>> = {
  string: text,
  int32: integer,
  int64: integer,
  bool: (number, value) => integerField(number, value === true ? 1 : 0),
  bytes: (number, value) => runField(number, Buffer.from(String(value), 'base64')),
  double: (number, value) => doubleField(number, Number(value)),
  time: (number, value) => runField(number, encodeTime(String(value))),
  microTime: (number, value) => runField(number, encodeTime(String(value))),
  quantity: (number, value) => runField(number, runField(1, String(value))),
  intOrString: (number, value) => runField(number, encodeIntOrString(value)),
  raw: json,
  fields: json,
  '[]string': (number, value) =>
    runField(number, Buffer.concat((Array.isArray(value) ? value : []).map((item) => runField(1, String(item))))),
};

/** `Time{seconds, nanos}`. */
function encodeTime(value: string): Buffer {
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) return Buffer.alloc(0);
  const fraction = /\.(\d+)/.exec(value)?.[1] ?? '';
  const seconds = integerField(1, BigInt(Math.floor(milliseconds / 1000)));
  return Buffer.concat([seconds, integerField(2, Number(fraction.padEnd(9, '0').slice(0, 9)))]);
}

/** `IntOrString{type, intVal, strVal}`; type 1 is a string. */
function encodeIntOrString(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.concat([integerField(1, 1), integerField(2, 0), runField(3, value)]);
  return Buffer.concat([integerField(1, 0), integer(2, value), runField(3, '')]);
}
