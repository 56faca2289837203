import { type Place, step } from '../fields/field-set.ts';
import { describeElement, fieldElement, type PathElement } from '../fields/path-element.ts';
import { itemElement, NoElementError } from './list-items.ts';
import {
  asMap,
  branchOf,
  isScalar,
  type ListType,
  type MapType,
  memberType,
  type ScalarType,
  type ValueType,
} from './value-type.ts';

/**
 * Faults of a value against its type: undeclared fields, other kinds of values, and items that a `set` or `map` list names
 * twice unless `allowDuplicates` (smd `Validate`). Each is `PATH: what is wrong`.
 */
export function typeFaults(type: ValueType, value: unknown, options: { readonly allowDuplicates: boolean }): string[] {
  const faults: string[] = [];
  visit(type, value, undefined, { allowDuplicates: options.allowDuplicates, faults });
  return faults;
}

interface Check {
  readonly allowDuplicates: boolean;
  readonly faults: string[];
}

function visit(type: ValueType, value: unknown, place: Place | undefined, check: Check): void {
  if (value === null) return;
  const branch = branchOf(type, value);
  if (branch === 'map' && type.map) visitMap(type.map, value, place, check);
  else if (branch === 'list' && type.list) visitList(type.list, value, place, check);
  else if (type.scalar && !matches(type.scalar, value)) refuse(scalarNames[type.scalar], value, place, check);
}

const scalarNames: Readonly<Record<ScalarType, string>> = {
  string: 'string',
  numeric: 'numeric (int or float)',
  boolean: 'boolean',
  untyped: 'any scalar',
};

function matches(type: ScalarType, value: unknown): boolean {
  if (type === 'untyped') return isScalar(value);
  return typeof value === (type === 'numeric' ? 'number' : type);
}

function refuse(expected: string, value: unknown, place: Place | undefined, { faults }: Check): void {
  const path = describePlace(place);
  faults.push(`${path === '' ? '' : `${path}: `}expected ${expected}, got ${JSON.stringify(value)}`);
}

function describePlace(place: Place | undefined): string {
  return place ? describePlace(place.parent) + describeElement(place.element) : '';
}

function visitMap(type: MapType, value: unknown, place: Place | undefined, check: Check): void {
  const map = asMap(value);
  if (!map) {
    refuse('map', value, place, check);
    return;
  }
  for (const [name, member] of Object.entries(map)) {
    const [inner, at] = [memberType(type, name), step(place, fieldElement(name))];
    if (inner) visit(inner, member, at, check);
    else check.faults.push(`${describePlace(at)}: field not declared in schema`);
  }
}

function visitList(type: ListType, value: unknown, place: Place | undefined, check: Check): void {
  if (!Array.isArray(value)) {
    refuse('list', value, place, check);
    return;
  }
  const seen = new Set<PathElement>();
  for (const [index, item] of value.entries()) {
    const element = elementOf(type, item, index, place, check);
    if (element === undefined) return;
    if (seen.has(element) && !check.allowDuplicates) {
      check.faults.push(`${describePlace(place)}: duplicate entries for key ${describeElement(element)}`);
    }
    seen.add(element);
    visit(type.items, item, step(place, element), check);
  }
}

function elementOf(
  type: ListType,
  item: unknown,
  index: number,
  place: Place | undefined,
  { faults }: Check,
): PathElement | undefined {
  if (type.relation === 'atomic') return `i:${index}`;
  try {
    return itemElement(type, item);
  } catch (error) {
    if (!(error instanceof NoElementError)) throw error;
    faults.push(`${describePlace(place)}: element ${index}: ${error.message}`);
    return undefined;
  }
}
