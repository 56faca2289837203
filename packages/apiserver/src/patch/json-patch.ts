import { jsonEqual } from '../rest/equal.ts';
import { ApiError, badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { jsonKind } from './go-text.ts';
import { addToSlot, findSlot, isReadable, readSlot, removeSlot, replaceSlot, type Slot } from './json-pointer.ts';
import { cloneJson, isJsonObject, type JsonObject, ownValue } from './json-value.ts';
import { rejected } from './rejected.ts';

/** How many operations a JSON patch may have (kube-apiserver `maxJSONPatchOperations`). */
const maximumOperations = 10_000;

/** How many bytes the copies of a JSON patch may add up to (kube-apiserver `JSONPatchMaxCopyBytes`). */
const maximumCopyBytes = 3 * 1024 * 1024;

/**
 * The object after a JSON patch (RFC 6902, in the reading of evanphx/json-patch 4). Throws `ApiError`: 400 for what is no
 * patch, 413 for too many operations, 422 where an operation does not apply.
 */
export function jsonPatch(object: StoredObject, patch: unknown): StoredObject {
  const operations = decodePatch(patch);
  const state: State = { document: cloneJson(object), copied: 0 };
  for (const operation of operations) run(state, operation);
  if (!isJsonObject(state.document)) throw rejected();
  return state.document;
}

/** Members of operations that mean nothing, for strict field validation: `json patch unknown field "[0].valu"`. */
export function unknownPatchFields(patch: unknown): string[] {
  return decodePatch(patch).flatMap((operation, index) =>
    Object.keys(operation)
      .filter((name) => !textMembers.includes(name) && name !== 'value')
      .map((name) => `json patch unknown field "[${index}].${name}"`),
  );
}

const textMembers = ['op', 'path', 'from'];

interface State {
  document: unknown;
  copied: number;
}

function decodePatch(patch: unknown): readonly JsonObject[] {
  if (patch === null) return [];
  if (!Array.isArray(patch)) throw undecodable(`${jsonKind(patch)} into Go value of type []handlers.jsonPatchOp`);
  const operations = patch.map(decodeOperation);
  if (operations.length <= maximumOperations) return operations;
  const message = `Request entity too large: The allowed maximum operations in a JSON patch is ${maximumOperations}, got ${operations.length}`;
  throw new ApiError(413, 'RequestEntityTooLarge', message);
}

function decodeOperation(operation: unknown): JsonObject {
  if (operation === null) return {};
  if (!isJsonObject(operation)) throw undecodable(`${jsonKind(operation)} into Go value of type handlers.jsonPatchOp`);
  for (const name of textMembers) {
    const value = ownValue(operation, name) ?? '';
    if (typeof value !== 'string') {
      throw undecodable(`${jsonKind(value)} into Go struct field jsonPatchOp.${name} of type string`);
    }
  }
  return operation;
}

function undecodable(what: string): ApiError {
  return badRequest(`error decoding patch: json: cannot unmarshal ${what}`);
}

function run(state: State, operation: JsonObject): void {
  const kind = ownValue(operation, 'op');
  const runs = typeof kind === 'string' && Object.hasOwn(operations, kind) ? operations[kind] : undefined;
  if (!runs) throw rejected();
  runs(state, operation);
}

const operations: Readonly<Record<string, (state: State, operation: JsonObject) => void>> = {
  add: (state, operation) => add(state, pathOf(operation, 'path'), newValue(operation)),
  remove: (state, operation) => remove(slotAt(state, pathOf(operation, 'path'))),
  replace,
  move,
  copy,
  test,
};

function pathOf(operation: JsonObject, member: 'path' | 'from'): string {
  const path = ownValue(operation, member);
  if (typeof path !== 'string') throw rejected();
  return path;
}

/** An absent value is null. */
function newValue(operation: JsonObject): unknown {
  return cloneJson(ownValue(operation, 'value') ?? null);
}

function slotAt({ document }: State, path: string): Slot {
  const slot = findSlot(document, path);
  if (!slot) throw rejected();
  return slot;
}

function readableSlot(state: State, path: string): Slot {
  const slot = slotAt(state, path);
  if (!isReadable(slot)) throw rejected();
  return slot;
}

function add(state: State, path: string, value: unknown): void {
  if (!addToSlot(slotAt(state, path), value)) throw rejected();
}

function remove(slot: Slot): void {
  if (!removeSlot(slot)) throw rejected();
}

// A missing member of an object is added.
function replace(state: State, operation: JsonObject): void {
  const path = pathOf(operation, 'path');
  const value = newValue(operation);
  if (path !== '') replaceSlot(readableSlot(state, path), value);
  else if (typeof value === 'object' && value !== null) state.document = value;
  else throw rejected();
}

function move(state: State, operation: JsonObject): void {
  const slot = readableSlot(state, pathOf(operation, 'from'));
  const value = readSlot(slot);
  remove(slot);
  add(state, pathOf(operation, 'path'), value);
}

// A missing member of an object copies as null.
function copy(state: State, operation: JsonObject): void {
  const value = readSlot(readableSlot(state, pathOf(operation, 'from'))) ?? null;
  state.copied += Buffer.byteLength(JSON.stringify(value));
  if (state.copied > maximumCopyBytes) throw rejected();
  add(state, pathOf(operation, 'path'), cloneJson(value));
}

// A missing member of an object equals null.
function test(state: State, operation: JsonObject): void {
  const path = pathOf(operation, 'path');
  const expected = ownValue(operation, 'value') ?? null;
  const found = path === '' ? state.document : (readSlot(readableSlot(state, path)) ?? null);
  if (!jsonEqual(found, expected)) throw rejected();
}
