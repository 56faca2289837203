import { describeElement, fieldElement } from '../fields/path-element.ts';
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
  visit(type, value, '', options.allowDuplicates, faults);
  return faults;
}

function visit(type: ValueType, value: unknown, path: string, allowDuplicates: boolean, faults: string[]): void {
  if (value === null) return;
  const branch = branchOf(type, value);
  if (branch === 'map' && type.map) visitMap(type.map, value, path, allowDuplicates, faults);
  else if (branch === 'list' && type.list) visitList(type.list, value, path, allowDuplicates, faults);
  else if (type.scalar && !matches(type.scalar, value)) faults.push(fault(path, scalarNames[type.scalar], value));
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

function fault(path: string, expected: string, value: unknown): string {
  return `${path === '' ? '' : `${path}: `}expected ${expected}, got ${JSON.stringify(value)}`;
}

function visitMap(type: MapType, value: unknown, path: string, allowDuplicates: boolean, faults: string[]): void {
  const map = asMap(value);
  if (!map) {
    faults.push(fault(path, 'map', value));
    return;
  }
  for (const [name, member] of Object.entries(map)) {
    const [inner, at] = [memberType(type, name), path + describeElement(fieldElement(name))];
    if (inner) visit(inner, member, at, allowDuplicates, faults);
    else faults.push(`${at}: field not declared in schema`);
  }
}

function visitList(type: ListType, value: unknown, path: string, allowDuplicates: boolean, faults: string[]): void {
  if (!Array.isArray(value)) {
    faults.push(fault(path, 'list', value));
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    const element = elementOf(type, item, index, path, faults);
    if (element === undefined) return;
    const shown = describeElement(element);
    if (seen.has(element) && !allowDuplicates) faults.push(`${path}: duplicate entries for key ${shown}`);
    seen.add(element);
    visit(type.items, item, path + shown, allowDuplicates, faults);
  }
}

function elementOf(type: ListType, item: unknown, index: number, path: string, faults: string[]): string | undefined {
  if (type.relation === 'atomic') return `i:${index}`;
  try {
    return itemElement(type, item);
  } catch (error) {
    if (!(error instanceof NoElementError)) throw error;
    faults.push(`${path}: element ${index}: ${error.message}`);
    return undefined;
  }
}
