import { compareBytes } from '../../patch/compare-bytes.ts';
import { goJson } from './go-json.ts';

/**
 * One step of a field path in the spelling of FieldsV1: `f:NAME` a member of a map, `k:{"KEY":VALUE}` an item of a list map
 * (keys sorted), `v:VALUE` an item of a set, `i:INDEX` an item by position. Equal steps have equal text.
 */
export type PathElement = string;

/** A field path, outermost step first. */
export type FieldPath = readonly PathElement[];

export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

/** The step to the set item of that value. */
export function valueElement(value: unknown): PathElement {
  return `v:${goJson(value)}`;
}

/** The step to the list map item with those keys, given sorted by name. */
export function keyElement(keys: readonly (readonly [string, unknown])[]): PathElement {
  return `k:{${keys.map(([name, value]) => `${goJson(name)}:${goJson(value)}`).join(',')}}`;
}

/** The name that an `f:` step goes to, or undefined for other steps. */
export function fieldName(element: PathElement): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined;
}

/**
 * The step that a key of FieldsV1 stands for, in its one spelling. Undefined for kinds of steps that are not known: they are
 * ignored (structured-merge-diff fieldpath). Throws `SyntaxError` for text that is no step.
 */
export function parseElement(text: string): PathElement | undefined {
  if (text.length < 2 || text[1] !== ':') throw new SyntaxError(`${JSON.stringify(text)} is no path element`);
  if (text.startsWith('f:')) return text;
  if (text.startsWith('k:')) return keyElement(sortedMembers(JSON.parse(text.slice(2))));
  if (text.startsWith('v:')) return valueElement(JSON.parse(text.slice(2)));
  return text.startsWith('i:') ? `i:${parseIndex(text.slice(2))}` : undefined;
}

function sortedMembers(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) throw new SyntaxError('the key of a list item must be an object');
  return Object.entries(value).sort(([a], [b]) => compareBytes(a, b));
}

function parseIndex(text: string): number {
  const index = Number(text);
  if (text === '' || !Number.isInteger(index)) throw new SyntaxError(`${JSON.stringify(text)} is no index`);
  return index;
}

/** Steps in the order of FieldsV1: fields by name, then list keys, set values, positions. */
export function sortElements(elements: Iterable<PathElement>): PathElement[] {
  return Array.from(elements, sortable)
    .sort(compareSortable)
    .map(({ element }) => element);
}

/** A step with what it is ordered by, read once. */
interface Sortable {
  readonly element: PathElement;
  readonly kind: number;
  /** The name of a field, the sorted keys of an item, or the value. */
  readonly by: unknown;
}

function sortable(element: PathElement): Sortable {
  const [kind, rest] = ['fkvi'.indexOf(element[0] as string), element.slice(2)];
  if (element.startsWith('f:')) return { element, kind, by: rest };
  const value: unknown = JSON.parse(rest);
  return { element, kind, by: element.startsWith('k:') ? Object.entries(value as object) : value };
}

function compareSortable(a: Sortable, b: Sortable): number {
  if (a.kind !== b.kind) return a.kind - b.kind;
  if (a.element.startsWith('f:')) return compareBytes(a.by as string, b.by as string);
  return a.element.startsWith('k:') ? compareKeys(a.by as Keys, b.by as Keys) : compareScalars(a.by, b.by);
}

type Keys = readonly (readonly [string, unknown])[];

function compareKeys(a: Keys, b: Keys): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left, right] = [a[at] as Keys[number], b[at] as Keys[number]];
    const order = compareBytes(left[0], right[0]) || compareScalars(left[1], right[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers before text before booleans before the rest. */
function compareScalars(a: unknown, b: unknown): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'string') return compareBytes(a, b as string);
  if (typeof a === 'number' || typeof a === 'boolean') return Number(a) - Number(b);
  return compareBytes(JSON.stringify(a), JSON.stringify(b));
}

function rankOf(value: unknown): number {
  const rank = ['number', 'string', 'boolean'].indexOf(typeof value);
  return rank < 0 ? 3 : rank;
}

/** The path as messages show it: `.spec.list[name="a"].set[="x"]`. */
export function describePath(path: FieldPath): string {
  return path.map(describeElement).join('');
}

export function describeElement(element: PathElement): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('k:')) {
    const keys = Object.entries(JSON.parse(rest));
    return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
  }
  return element.startsWith('v:') ? `[=${JSON.stringify(JSON.parse(rest))}]` : `[${rest}]`;
}
