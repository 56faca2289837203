import { type FieldSet, type GrowingFieldSet, growingSet, isEmpty } from './field-set.ts';
import { parseElement, sortElements } from './path-element.ts';

/** The set as `fieldsV1` of a managedFields entry (structured-merge-diff fieldpath): `.` marks a field that has owned children too. */
export function encodeFields(set: FieldSet): Record<string, unknown> {
  return encodeNode(set, false);
}

function encodeNode({ members, children }: FieldSet, isMember: boolean): Record<string, unknown> {
  const entries: [string, unknown][] = isMember ? [['.', {}]] : [];
  for (const element of sortElements(new Set([...members, ...children.keys()]))) {
    const child = children.get(element);
    entries.push([element, child ? encodeNode(child, members.has(element)) : {}]);
  }
  return Object.fromEntries(entries);
}

/** Reads `fieldsV1`. Unknown kinds of steps are left out; throws `SyntaxError` where something is no tree of steps. */
export function decodeFields(fields: unknown): FieldSet {
  const set = growingSet();
  decodeNode(fields, set);
  return set;
}

/** Fills `set`; true when the node itself is a member of its parent. */
function decodeNode(fields: unknown, set: GrowingFieldSet): boolean {
  if (fields === null) return true;
  if (typeof fields !== 'object' || Array.isArray(fields)) throw new SyntaxError('fieldsV1 must be a tree of objects');
  let isMember = false;
  for (const [key, value] of Object.entries(fields)) {
    if (key === '.') isMember = true;
    else decodeChild(key, value, set);
  }
  return isMember || isEmpty(set);
}

function decodeChild(key: string, value: unknown, set: GrowingFieldSet): void {
  const element = parseElement(key);
  if (element === undefined) return;
  const child = growingSet();
  if (decodeNode(value, child)) set.members.add(element);
  if (!isEmpty(child)) set.children.set(element, child);
}
