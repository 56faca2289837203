import type { Schema } from '@pullpath/api';
import { objectMetaSchema } from './object-meta.ts';
import {
  deduced,
  type FieldType,
  type ListType,
  type MapType,
  type ScalarType,
  untyped,
  type ValueType,
} from './value-type.ts';

/**
 * How objects of a schema are merged, with the metadata that every object has (kube-openapi `schemaconv`). The result is
 * kept for the schema, so that it is made once.
 */
export function typeOfObject(schema: Schema): ValueType {
  return remembered(objectTypes, schema, () => {
    const map = mapType(schema, schema.preserveUnknownFields === true);
    return { map: { ...map, fields: new Map([...map.fields, ...embeddedFields()]) } };
  });
}

const objectTypes = new WeakMap<Schema, ValueType>();
const valueTypes = new WeakMap<Schema, ValueType>();
const openValueTypes = new WeakMap<Schema, ValueType>();

function remembered(known: WeakMap<Schema, ValueType>, schema: Schema, make: () => ValueType): ValueType {
  const found = known.get(schema);
  if (found) return found;
  const made = make();
  known.set(schema, made);
  return made;
}

/** `open`: a schema further out keeps unknown fields, which holds for everything in it. */
function typeOfValue(schema: Schema, open: boolean): ValueType {
  const isOpen = open || schema.preserveUnknownFields === true;
  return remembered(isOpen ? openValueTypes : valueTypes, schema, () => makeType(schema, isOpen));
}

function makeType(schema: Schema, open: boolean): ValueType {
  if (schema.type === 'object') return { map: mapType(schema, open) };
  if (schema.type === 'array') return { list: listType(schema, open) };
  if (schema.type !== undefined) return { scalar: scalarType(schema) };
  return { scalar: 'untyped', list: listType(schema, open), map: mapType(schema, open) };
}

function scalarType({ type, format }: Schema): ScalarType {
  if (type === 'integer' || type === 'number') return 'numeric';
  if (type === 'boolean') return 'boolean';
  return format === undefined || format === 'byte' ? 'string' : 'untyped';
}

function listType({ listType: relation = 'atomic', listMapKeys = [], items }: Schema, open: boolean): ListType {
  return { relation, keys: relation === 'map' ? listMapKeys : [], items: items ? typeOfValue(items, open) : untyped };
}

function mapType(schema: Schema, open: boolean): MapType {
  const { properties = {}, additionalProperties, embeddedResource } = schema;
  const declared = Object.entries(properties).map(([name, member]): [string, FieldType] => [
    name,
    fieldType(member, open),
  ]);
  const fields = new Map([...declared, ...(embeddedResource ? embeddedFields() : [])]);
  const free = open || fields.size === 0;
  const others = additionalProperties ? typeOfValue(additionalProperties, open) : free ? deduced : undefined;
  return { atomic: schema.mapType === 'atomic', fields, others };
}

function fieldType(schema: Schema, open: boolean): FieldType {
  return { type: typeOfValue(schema, open), default: schema.default };
}

function embeddedFields(): [string, FieldType][] {
  return [
    ['apiVersion', { type: { scalar: 'string' }, default: undefined }],
    ['kind', { type: { scalar: 'string' }, default: undefined }],
    ['metadata', fieldType(objectMetaSchema, false)],
  ];
}
