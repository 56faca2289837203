import { type FieldPath, type PathElement, sortElements } from './path-element.ts';

/**
 * A set of field paths as a tree. A path belongs to the set when its last step is among the members of the node that the
 * steps before it lead to; a node with children is not a member by itself. No node in the tree is empty.
 */
export interface FieldSet {
  readonly members: ReadonlySet<PathElement>;
  readonly children: ReadonlyMap<PathElement, FieldSet>;
}

/** A set that is being built; see `insert`. */
export interface GrowingFieldSet {
  readonly members: Set<PathElement>;
  readonly children: Map<PathElement, GrowingFieldSet>;
}

export const emptySet: FieldSet = { members: new Set(), children: new Map() };

export function growingSet(): GrowingFieldSet {
  return { members: new Set(), children: new Map() };
}

export function fieldSetOf(...paths: readonly FieldPath[]): FieldSet {
  const set = growingSet();
  for (const path of paths) insert(set, path.reduce<Place | undefined>(step, undefined));
  return set;
}

/** A field path as a list from its end, so that walks share the beginnings. Undefined is the whole object. */
export interface Place {
  readonly parent: Place | undefined;
  readonly element: PathElement;
}

export function step(parent: Place | undefined, element: PathElement): Place {
  return { parent, element };
}

/** Adds a path. The whole object is owned by nobody, so its path is left out. */
export function insert(set: GrowingFieldSet, place: Place | undefined): void {
  if (place) nodeAt(set, place.parent).members.add(place.element);
}

function nodeAt(set: GrowingFieldSet, place: Place | undefined): GrowingFieldSet {
  if (!place) return set;
  const parent = nodeAt(set, place.parent);
  const known = parent.children.get(place.element);
  if (known) return known;
  const node = growingSet();
  parent.children.set(place.element, node);
  return node;
}

export function isEmpty(set: FieldSet): boolean {
  return set.members.size === 0 && set.children.size === 0;
}

/** What lies below a step, without that step. */
export function below(set: FieldSet, element: PathElement): FieldSet {
  return set.children.get(element) ?? emptySet;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || a === b) return b;
  if (isEmpty(b)) return a;
  const children = new Map(a.children);
  for (const [element, child] of b.children) {
    const known = children.get(element);
    children.set(element, known ? union(known, child) : child);
  }
  return { members: new Set([...a.members, ...b.members]), children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(a) || isEmpty(b)) return emptySet;
  const children = mapChildren(a, (child, element) => intersection(child, below(b, element)));
  return { members: filterMembers(a, (element) => b.members.has(element)), children };
}

/** The paths of `a` that are not in `b`. A path stays when only its parent or its children are in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(b)) return a;
  const children = mapChildren(a, (child, element) => difference(child, below(b, element)));
  return { members: filterMembers(a, (element) => !b.members.has(element)), children };
}

/** The paths of `a` that are neither in `b` nor below a path of `b`. */
export function differenceBelow(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmpty(b)) return a;
  const children = mapChildren(a, (child, element) =>
    b.members.has(element) ? emptySet : differenceBelow(child, below(b, element)),
  );
  return { members: filterMembers(a, (element) => !b.members.has(element)), children };
}

function filterMembers({ members }: FieldSet, keeps: (element: PathElement) => boolean): Set<PathElement> {
  const kept = new Set<PathElement>();
  for (const element of members) if (keeps(element)) kept.add(element);
  return kept;
}

function mapChildren(
  { children }: FieldSet,
  change: (child: FieldSet, element: PathElement) => FieldSet,
): Map<PathElement, FieldSet> {
  const changed = new Map<PathElement, FieldSet>();
  for (const [element, child] of children) {
    const next = change(child, element);
    if (!isEmpty(next)) changed.set(element, next);
  }
  return changed;
}

/** Every path, each node's members before what lies deeper, in the order of FieldsV1. */
export function pathsOf(set: FieldSet, start: FieldPath = []): FieldPath[] {
  const members = sortElements(set.members).map((element) => [...start, element]);
  const deeper = sortElements(set.children.keys()).flatMap((element) =>
    pathsOf(set.children.get(element) as FieldSet, [...start, element]),
  );
  return [...members, ...deeper];
}
