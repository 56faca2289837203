import { compareBytes } from '../../patch/compare-bytes.ts';
import { keyElement, type PathElement, valueElement } from '../fields/path-element.ts';
import { asMap, isScalar, type ListType } from './value-type.ts';

/** Why an item of a `set` or `map` list has no step that leads to it. */
export class NoElementError extends Error {}

/** The step to an item of a `set` or `map` list. Throws `NoElementError` for items that cannot be told apart. */
export function itemElement(type: ListType, item: unknown): PathElement {
  return type.relation === 'map' ? mapItemElement(type, item) : setItemElement(item);
}

function setItemElement(item: unknown): PathElement {
  if (isScalar(item)) return valueElement(item);
  if (Array.isArray(item)) throw new NoElementError('not supported: associative list with lists as elements');
  throw new NoElementError(
    `associative list without keys has an element that's ${asMap(item) ? 'a map type' : 'an explicit null'}`,
  );
}

function mapItemElement(type: ListType, item: unknown): PathElement {
  const map = asMap(item);
  if (!map) {
    throw new NoElementError(
      `associative list with keys may not have ${item === null ? 'a null element' : 'non-map elements'}`,
    );
  }
  const present = keysPresent(type, map);
  if (present.length === 0) throw new NoElementError(withoutKeys(type.keys));
  return keyElement(present.length > 1 ? present.sort(([a], [b]) => compareBytes(a, b)) : present);
}

function keysPresent({ keys, items }: ListType, map: Readonly<Record<string, unknown>>): [string, unknown][] {
  const present: [string, unknown][] = [];
  for (const key of keys) {
    const value = Object.hasOwn(map, key) ? map[key] : items.map?.fields.get(key)?.default;
    if (value !== undefined) present.push([key, value]);
  }
  return present;
}

function withoutKeys(keys: readonly string[]): string {
  const list = keys.map((key) => JSON.stringify(key)).join(' ');
  return `associative list with keys has an element that omits all key fields [${list}] (and doesn't have default values for any key fields)`;
}

/** Whether `itemElement` has an answer. */
export function hasElement(type: ListType, item: unknown): boolean {
  if (type.relation !== 'map') return isScalar(item);
  const map = asMap(item);
  return map !== undefined && keysPresent(type, map).length > 0;
}

/** The items by the step that leads to them, in order of their first appearance. */
export function itemsByElement(type: ListType, list: readonly unknown[]): Map<PathElement, unknown[]> {
  const items = new Map<PathElement, unknown[]>();
  for (const item of list) {
    const element = itemElement(type, item);
    const same = items.get(element);
    if (same) same.push(item);
    else items.set(element, [item]);
  }
  return items;
}
