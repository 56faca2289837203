import {
  differenceBelow,
  type FieldSet,
  type GrowingFieldSet,
  growingSet,
  insert,
  isEmpty,
  type Place,
  step,
  union,
} from '../fields/field-set.ts';
import { fieldName, type PathElement } from '../fields/path-element.ts';
import { type MapType, memberType, untyped, type ValueType } from './value-type.ts';

/**
 * A set that was recorded under an earlier schema: whoever owned something in a map or list that is now owned as a whole
 * owns the whole (smd `ReconcileFieldSetWithSchema`).
 */
export function reconcileFields(type: ValueType, fields: FieldSet): FieldSet {
  const wholes = growingSet();
  visit(type, fields, undefined, false, wholes);
  return isEmpty(wholes) ? fields : union(differenceBelow(fields, wholes), wholes);
}

function visit(
  type: ValueType,
  fields: FieldSet | undefined,
  place: Place | undefined,
  isWhole: boolean,
  wholes: GrowingFieldSet,
): void {
  if (type.map) visitMap(type.map, fields, place, isWhole, wholes);
  else if (!type.scalar && type.list) {
    if (!isWhole && type.list.relation === 'atomic') insert(wholes, place);
    else visitChildren(() => type.list?.items, fields, place, wholes);
  }
}

function visitMap(
  type: MapType,
  fields: FieldSet | undefined,
  place: Place | undefined,
  isWhole: boolean,
  wholes: GrowingFieldSet,
): void {
  if (isFreeForm(type)) return;
  if (isWhole || !type.atomic) visitChildren((element) => typeAt(type, element), fields, place, wholes);
  else if (fields && !isEmpty(fields)) insert(wholes, place);
}

/** A map without declared members whose values are of any kind: it never had list or map types. */
function isFreeForm({ fields, others }: MapType): boolean {
  return fields.size === 0 && others?.scalar === 'untyped' && others !== untyped;
}

function typeAt(type: MapType, element: PathElement): ValueType | undefined {
  const name = fieldName(element);
  return name === undefined ? type.others : memberType(type, name);
}

function visitChildren(
  typeOf: (element: PathElement) => ValueType | undefined,
  fields: FieldSet | undefined,
  place: Place | undefined,
  wholes: GrowingFieldSet,
): void {
  if (!fields) return;
  for (const element of new Set([...fields.children.keys(), ...fields.members])) {
    const [type, child] = [typeOf(element), fields.children.get(element)];
    const isWhole = fields.members.has(element) && !child;
    if (type) visit(type, child, step(place, element), isWhole, wholes);
  }
}
