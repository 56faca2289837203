import { decode, encode } from '@msgpack/msgpack';
import type { DynamicValue } from './schema-messages.ts';

/** A value that is only known after apply. */
export interface Unknown {
  readonly unknown: true;
}

/** The one unknown; what core tells about it (refinements) is dropped. */
export const unknown: Unknown = Object.freeze({ unknown: true });

/** A Terraform value: cty lists, sets and tuples are arrays, maps and objects are records. */
export type Value = null | Unknown | string | number | boolean | readonly Value[] | ObjectValue;

export interface ObjectValue {
  readonly [attribute: string]: Value;
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value === unknown;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value !== unknown;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text of an attribute; empty where it is none. */
export function textAt(state: ObjectValue, name: string): string {
  const value = state[name];
  return typeof value === 'string' ? value : '';
}

/** The texts of a list; what is unknown is left out. */
export function textsOf(value: Value | undefined): string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Whether some part of the value is unknown. */
export function hasUnknown(value: Value): boolean {
  if (isList(value)) return value.some(hasUnknown);
  return value === unknown || (isObject(value) && Object.values(value).some(hasUnknown));
}

/** Deep equality; unknown is equal to unknown. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, at) => equal(item, right[at]));
  }
  if (!isObject(left) || !isObject(right)) return left === right;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => equal(left[name], right[name]));
}

/** Reads a value as core sends it; an absent one is null. Throws on what is neither MessagePack nor JSON. */
export function decodeValue(value: DynamicValue | undefined): Value {
  if (value === undefined) return null;
  if (value.msgpack.length > 0) return valueFrom(decode(value.msgpack, { extensionCodec: extensions }));
  return value.json.length > 0 ? valueFrom(JSON.parse(Buffer.from(value.json).toString('utf8'))) : null;
}

/** The value as MessagePack. */
export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: extensions }), json: new Uint8Array() };
}

/** Any JSON as a value. */
export function valueFrom(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueFrom);
  if (json === unknown) return unknown;
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, valueFrom(member)]));
  }
  if (typeof json === 'string' || typeof json === 'boolean' || typeof json === 'number') return json;
  if (typeof json === 'bigint') return Number(json);
  return null;
}

// go-cty: any extension is an unknown value; code 0 has no meaning beyond that, code 12 carries refinements.
const extensions = {
  tryToEncode: (object: unknown) => (object === unknown ? { type: 0, data: Uint8Array.of(0) } : null),
  decode: () => unknown,
};
