import type { FieldSet } from '../fields/field-set.ts';
import { fieldName, type PathElement } from '../fields/path-element.ts';
import { memberType, type ValueType } from './value-type.ts';

/** The set with every declared field on the way to its paths: `a.b.c` makes `a` a member where the schema names `a` (smd `EnsureNamedFieldsAreMembers`). */
export function withNamedFields(type: ValueType | undefined, { members, children }: FieldSet): FieldSet {
  const named = new Set(members);
  const deeper = new Map<PathElement, FieldSet>();
  for (const [element, child] of children) {
    const name = fieldName(element);
    if (name !== undefined && type?.map?.fields.has(name)) named.add(element);
    deeper.set(element, withNamedFields(typeBelow(type, element), child));
  }
  return { members: named, children: deeper };
}

function typeBelow(type: ValueType | undefined, element: PathElement): ValueType | undefined {
  const name = fieldName(element);
  if (name !== undefined) return type?.map && memberType(type.map, name);
  return element.startsWith('k:') ? type?.list?.items : undefined;
}
