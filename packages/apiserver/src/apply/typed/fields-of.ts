import { type FieldSet, type GrowingFieldSet, growingSet, insert, type Place, step } from '../fields/field-set.ts';
import { fieldElement } from '../fields/path-element.ts';
import { hasElement, itemsByElement } from './list-items.ts';
import { asList, asMap, branchOf, type ListType, type MapType, memberType, type ValueType } from './value-type.ts';

/** The fields that a value sets: its leaves, list items, and members whose names the schema does not give (smd `ToFieldSet`). */
export function fieldsOf(type: ValueType, value: unknown): FieldSet {
  const set = growingSet();
  visit(type, value, undefined, set);
  return set;
}

function visit(type: ValueType, value: unknown, place: Place | undefined, set: GrowingFieldSet): void {
  const branch = branchOf(type, value);
  if (branch === 'scalar') insert(set, place);
  else if (branch === 'list' && type.list) visitList(type.list, value, place, set);
  else if (branch === 'map' && type.map) visitMap(type.map, value, place, set);
}

function visitList(type: ListType, value: unknown, place: Place | undefined, set: GrowingFieldSet): void {
  if (type.relation === 'atomic') {
    insert(set, place);
    return;
  }
  const items = asList(value) ?? [];
  const found = items.filter((item) => hasElement(type, item));
  for (const [element, [item, ...repeated]] of itemsByElement(type, found)) {
    const at = step(place, element);
    // Items that cannot be told apart are owned together, without what is in them.
    if (repeated.length === 0) visit(type.items, item, at, set);
    insert(set, at);
  }
  // Removal leaves null where an item lost all its fields: it still keeps the list from being empty.
  if (found.length < items.length) insert(set, step(place, unknownItem));
}

/** A step that no other set has. */
const unknownItem = '';

function visitMap(type: MapType, value: unknown, place: Place | undefined, set: GrowingFieldSet): void {
  if (type.atomic) {
    insert(set, place);
    return;
  }
  for (const [name, member] of Object.entries(asMap(value) ?? {})) {
    const at = step(place, fieldElement(name));
    const inner = memberType(type, name);
    if (inner) visit(inner, member, at, set);
    if (isBare(member) || !type.fields.has(name)) insert(set, at);
  }
}

/** Null and `{}` have nothing in them that could stand for them. */
function isBare(value: unknown): boolean {
  const map = asMap(value);
  return value === null || (map !== undefined && Object.keys(map).length === 0);
}
