import { below, type FieldSet, isEmpty } from '../fields/field-set.ts';
import { fieldElement } from '../fields/path-element.ts';
import { itemElement } from './list-items.ts';
import { asList, asMap, branchOf, type ListType, type MapType, memberType, type ValueType } from './value-type.ts';

/**
 * The value without some fields and list items (smd `RemoveItems`). A map or list that something was looked for in and that
 * has nothing left, or is owned as a whole, becomes null.
 */
export function removeFields(type: ValueType, value: unknown, fields: FieldSet): unknown {
  const branch = branchOf(type, value);
  if (branch === 'map' && type.map) return removeFromMap(type.map, value, fields);
  if (branch === 'list' && type.list) return removeFromList(type.list, value, fields);
  return value;
}

function removeFromMap(type: MapType, value: unknown, fields: FieldSet): unknown {
  if (type.atomic) return null;
  const kept: [string, unknown][] = [];
  for (const [name, member] of Object.entries(asMap(value) ?? {})) {
    const element = fieldElement(name);
    if (!fields.members.has(element))
      kept.push([name, removeBelow(memberType(type, name), member, below(fields, element))]);
  }
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function removeFromList(type: ListType, value: unknown, fields: FieldSet): unknown {
  if (type.relation === 'atomic') return null;
  const kept: unknown[] = [];
  for (const item of asList(value) ?? []) {
    const element = itemElement(type, item);
    if (!fields.members.has(element)) kept.push(removeBelow(type.items, item, below(fields, element)));
  }
  return kept.length === 0 ? null : kept;
}

function removeBelow(type: ValueType | undefined, value: unknown, fields: FieldSet): unknown {
  return type && !isEmpty(fields) ? removeFields(type, value, fields) : value;
}
