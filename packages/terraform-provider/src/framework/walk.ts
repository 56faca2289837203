import { isList, isObject, type ObjectValue, type Value } from '../wire/values.ts';
import type { AttributePath } from './diagnostic.ts';
import { type Attribute, type Attributes, isNested, type Nested } from './schema.ts';

/** One attribute with its value and its way there. */
export interface Visited {
  readonly attribute: Attribute;
  readonly value: Value;
  readonly path: AttributePath;
}

/** Every attribute of an object, those of nested objects that are there after their parents. */
export function* attributesOf(
  attributes: Attributes,
  value: ObjectValue,
  path: AttributePath = [],
): Generator<Visited> {
  for (const [name, attribute] of Object.entries(attributes)) {
    const here = { attribute, value: value[name] ?? null, path: [...path, name] };
    yield here;
    if (!isNested(attribute.type)) continue;
    for (const [element, at] of elementsOf(attribute.type, here.value, here.path)) {
      yield* attributesOf(attribute.type.attributes, element, at);
    }
  }
}

/** The objects of a nested attribute. */
export function* elementsOf(type: Nested, value: Value, path: AttributePath): Generator<[ObjectValue, AttributePath]> {
  if (type.nesting === 'single' && isObject(value)) yield [value, path];
  if (type.nesting === 'map' && isObject(value)) {
    for (const [key, element] of Object.entries(value)) if (isObject(element)) yield [element, [...path, { key }]];
  }
  if (type.nesting === 'list' && isList(value)) {
    for (const [at, element] of value.entries()) if (isObject(element)) yield [element, [...path, at]];
  }
}

/** The value with every element of a nested attribute mapped; `other` gives the element at the same place of another value. */
export function mapElements(
  type: Nested,
  value: Value,
  map: (element: ObjectValue, at: number | string | undefined) => ObjectValue,
): Value {
  if (type.nesting === 'single') return isObject(value) ? map(value, undefined) : value;
  if (type.nesting === 'list' && isList(value)) {
    return value.map((element, at) => (isObject(element) ? map(element, at) : element));
  }
  if (type.nesting !== 'map' || !isObject(value)) return value;
  const mapped = Object.entries(value).map(([key, element]) => [key, isObject(element) ? map(element, key) : element]);
  return Object.fromEntries(mapped);
}

/** The element of a nested value at a place that `mapElements` names. */
export function elementAt(value: Value | undefined, at: number | string | undefined): ObjectValue | undefined {
  const element = at === undefined ? value : memberAt(value, at);
  return isObject(element) ? element : undefined;
}

function memberAt(value: Value | undefined, at: number | string): Value | undefined {
  if (typeof at === 'number') return isList(value) ? value[at] : undefined;
  return isObject(value) ? value[at] : undefined;
}
