import type { Schema } from '@pullpath/api';
import { descriptionOf } from './messages/descriptions.ts';
import type { Field, Scalar } from './messages/field.ts';
import { isAtomic, membersOf } from './messages/index.ts';

/** The structural schema of a whole kind: its message with `apiVersion` and `kind`. */
export function schemaOfKind(message: string, description: string): Schema {
  const { properties } = schemaOfMessage(message);
  return {
    type: 'object',
    description,
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...properties },
  };
}

const known = new Map<string, Schema>();

/** The structural schema of a message, shared by everything that holds one. */
export function schemaOfMessage(message: string): Schema {
  const found = known.get(message) ?? build(message);
  known.set(message, found);
  return found;
}

function build(message: string): Schema {
  const members = [...membersOf(message).values()];
  const required = members.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(members.map((field) => [field.name, describedField(message, field)] as const)),
    ...(required.length > 0 && { required }),
    ...(isAtomic(message) && { mapType: 'atomic' }),
  };
}

function describedField(message: string, field: Field): Schema {
  const description = descriptionOf(message, field.name);
  return description === undefined ? schemaOfField(field) : { ...schemaOfField(field), description };
}

function schemaOfField(field: Field): Schema {
  const element = elementSchema(field);
  if (field.shape === 'map')
    return { type: 'object', additionalProperties: element, ...(field.atomic && { mapType: 'atomic' }) };
  if (field.shape === 'list') return { type: 'array', items: element, ...listType(field) };
  return {
    ...element,
    ...(field.atomic && { mapType: 'atomic' as const }),
    ...(field.fallback !== undefined && { default: field.fallback }),
  };
}

function listType({ keys, set }: Field): Schema {
  if (keys) return { listType: 'map', listMapKeys: keys };
  return { listType: set ? 'set' : 'atomic' };
}

function elementSchema({ message, scalar }: Field): Schema {
  return message ? schemaOfMessage(message) : scalarSchemas[scalar as Scalar];
}

const scalarSchemas: Readonly<Record<Scalar, Schema>> = {
  string: { type: 'string' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  double: { type: 'number', format: 'double' },
  time: { type: 'string', format: 'date-time', nullable: true },
  microTime: { type: 'string', format: 'date-time', nullable: true },
  quantity: { intOrString: true, format: 'quantity' },
  intOrString: { intOrString: true, format: 'int-or-string' },
  raw: { type: 'object', preserveUnknownFields: true },
  fields: { type: 'object', preserveUnknownFields: true },
  '[]string': { type: 'array', items: { type: 'string' }, listType: 'atomic' },
};
