import { jsonEqual } from '../../rest/equal.ts';
import {
  differenceBelow,
  type FieldSet,
  type GrowingFieldSet,
  growingSet,
  insert,
  type Place,
  step,
} from '../fields/field-set.ts';
import { fieldElement, type PathElement } from '../fields/path-element.ts';
import { itemsByElement } from './list-items.ts';
import { asList, asMap, branchOf, type ListType, type MapType, memberType, type ValueType } from './value-type.ts';

/** What the second of two objects does to the fields of the first. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** Compares two objects of one type field by field (smd `Compare`). */
export function compareTyped(type: ValueType, before: unknown, after: unknown): Comparison {
  const found = { added: growingSet(), modified: growingSet(), removed: growingSet() };
  visit(type, before, after, undefined, found);
  return found;
}

/** The comparison without some fields and all that is in them. */
export function withoutFields({ added, modified, removed }: Comparison, fields: FieldSet): Comparison {
  return {
    added: differenceBelow(added, fields),
    modified: differenceBelow(modified, fields),
    removed: differenceBelow(removed, fields),
  };
}

interface Found {
  readonly added: GrowingFieldSet;
  readonly modified: GrowingFieldSet;
  readonly removed: GrowingFieldSet;
}

// A value that is undefined is absent; null is a value.
function visit(type: ValueType, before: unknown, after: unknown, place: Place | undefined, found: Found): void {
  if (before === after) return;
  const [old, now] = [branchOf(type, before), branchOf(type, after)];
  const branch = after === undefined ? old : now;
  // A change of kind, say from text to map, is seen from both.
  if (before !== undefined && after !== undefined && old !== now) visitAs(old, type, before, after, place, found);
  const isLeaf = visitAs(branch, type, before, after, place, found);
  if (isLeaf) return;
  if (before === undefined) insert(found.added, place);
  else if (after === undefined) insert(found.removed, place);
}

/** True where the value was compared as a whole. */
function visitAs(
  branch: 'map' | 'scalar' | 'list' | undefined,
  type: ValueType,
  before: unknown,
  after: unknown,
  place: Place | undefined,
  found: Found,
): boolean {
  if (branch === 'map' && type.map) return visitMap(type.map, before, after, place, found);
  if (branch === 'list' && type.list) return visitList(type.list, before, after, place, found);
  return compareLeaf(before, after, place, found);
}

function compareLeaf(before: unknown, after: unknown, place: Place | undefined, found: Found): true {
  if (before === undefined) insert(found.added, place);
  else if (after === undefined) insert(found.removed, place);
  else if (!jsonEqual(before, after)) insert(found.modified, place);
  return true;
}

function visitMap(type: MapType, before: unknown, after: unknown, place: Place | undefined, found: Found): boolean {
  const [old, now] = [asMap(before) ?? {}, asMap(after) ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  // Without members, null, {} and absent still differ.
  if (type.atomic || names.size === 0) return compareLeaf(before, after, place, found);
  for (const name of names) {
    const inner = memberType(type, name);
    if (inner) visit(inner, ownMember(old, name), ownMember(now, name), step(place, fieldElement(name)), found);
  }
  return false;
}

function ownMember(map: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function visitList(type: ListType, before: unknown, after: unknown, place: Place | undefined, found: Found): boolean {
  const [old, now] = [asList(before) ?? [], asList(after) ?? []];
  if (type.relation === 'atomic' || old.length + now.length === 0) return compareLeaf(before, after, place, found);
  const [oldItems, newItems] = [itemsByElement(type, old), itemsByElement(type, now)];
  for (const element of new Set([...oldItems.keys(), ...newItems.keys()])) {
    visitItems(type, element, oldItems.get(element) ?? [], newItems.get(element) ?? [], place, found);
  }
  return false;
}

function visitItems(
  type: ListType,
  element: PathElement,
  old: readonly unknown[],
  now: readonly unknown[],
  place: Place | undefined,
  found: Found,
): void {
  const at = step(place, element);
  if (old.length < 2 && now.length < 2) visit(type.items, old[0], now[0], at, found);
  else if (old.length >= 2 && now.length >= 2) {
    if (!jsonEqual(old, now)) insert(found.modified, at);
  } else if (old.length >= 2) {
    if (now.length > 0) visit(type.items, undefined, now[0], at, found);
    insert(found.removed, at);
  } else {
    if (old.length > 0) visit(type.items, old[0], undefined, at, found);
    insert(found.added, at);
  }
}
