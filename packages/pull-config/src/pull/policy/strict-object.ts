import type { DiagnosticCode } from '@pullpath/diagnostics';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import type { JsonMember, JsonNode, JsonPlace } from '../json-text.ts';

/** A fault of a policy with its place in the text. */
export interface PolicyFault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly place: JsonPlace;
  readonly expected?: string | undefined;
}

/** Where faults are collected, in the order in which containers/image meets them: its error is the first. */
export type PolicyFaults = PolicyFault[];

/** Reads one value; undefined after a fault. */
export type Reader<T> = (node: JsonNode, faults: PolicyFaults) => T | undefined;

type Readers = Readonly<Record<string, Reader<unknown>>>;

/** What the readers gave. A member is absent when it is not in the text. */
export type Fields<R extends Readers> = { readonly [Name in keyof R]?: R[Name] extends Reader<infer T> ? T : never };

/**
 * Reads an object with the members in `readers` only, none of them twice. Undefined after any fault, so that no rule
 * between members is judged on half an object. Source: containers/image `signature/internal` ParanoidUnmarshalJSONObject.
 */
export function readStrictObject<R extends Readers>(
  node: JsonNode,
  readers: R,
  required: readonly (keyof R & string)[],
  faults: PolicyFaults,
): Fields<R> | undefined {
  const before = faults.length;
  const fields: Record<string, unknown> = Object.create(null);
  for (const { key, value, keyPlace } of strictMembers(node, faults)) {
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (read) fields[key] = read(value, faults);
    else faults.push(unknownKey(key, keyPlace, Object.keys(readers)));
  }
  for (const key of required) if (!(key in fields)) faults.push(missingKey(key, node));
  return faults.length === before ? (fields as Fields<R>) : undefined;
}

/**
 * The members of an object one by one, so that faults of values and of names come in the order of the text. A second
 * member of the same name is a fault and left out; what is no object has no members.
 */
export function* strictMembers(node: JsonNode, faults: PolicyFaults): Generator<JsonMember, void, undefined> {
  if (node.kind !== 'object') {
    faults.push({ code: 'json-type', message: 'a JSON object is expected here', place: node });
    return;
  }
  const seen = new Set<string>();
  for (const member of node.members) {
    const { key, keyPlace } = member;
    if (seen.has(key)) faults.push({ code: 'policy-duplicate-key', message: `"${key}" stands twice`, place: keyPlace });
    else yield member;
    seen.add(key);
  }
}

export function missingKey(key: string, place: JsonPlace): PolicyFault {
  return { code: 'policy-missing-key', message: `"${key}" is missing`, place };
}

function unknownKey(key: string, place: JsonPlace, known: readonly string[]): PolicyFault {
  return { code: 'policy-unknown-key', message: `"${key}" is not known here`, place, expected: known.join(', ') };
}

/** A string; null reads as the empty one, as in Go. */
export const readString: Reader<string> = (node, faults) => {
  if (node.kind === 'string') return node.value;
  return isNull(node) ? '' : typeFault('a string is expected here', node, faults);
};

/** Strings, or null. */
export const readStrings: Reader<readonly string[] | null> = (node, faults) => readList(node, readString, faults);

/** Base64 text as standard base64, or null. Go also takes an array of byte values. */
export const readBytes: Reader<string | null> = (node, faults) => {
  if (isNull(node)) return null;
  if (node.kind === 'array') return readByteValues(node.items, faults);
  if (node.kind !== 'string') return typeFault('base64 text is expected here', node, faults);
  const bytes = decodeBase64(node.value);
  return bytes ? encodeBase64(bytes) : typeFault('the text is not base64', node, faults);
};

/** Several of `readBytes`, or null. */
export const readBytesList: Reader<readonly string[] | null> = (node, faults) =>
  readList(node, (item, into) => readBytes(item, into) ?? '', faults);

/** The value as it stands, to be read after the object is known to be sound. */
export const readLater: Reader<JsonNode> = (node) => node;

export function isNull(node: JsonNode): boolean {
  return node.kind === 'literal' && node.value === null;
}

function readList<T>(node: JsonNode, read: Reader<T>, faults: PolicyFaults): T[] | null | undefined {
  if (isNull(node)) return null;
  if (node.kind !== 'array') return typeFault('an array is expected here', node, faults);
  return node.items.map((item) => read(item, faults)).filter((value) => value !== undefined);
}

function readByteValues(items: readonly JsonNode[], faults: PolicyFaults): string {
  const bytes = items.map((item) => {
    if (isNull(item)) return 0;
    const value = item.kind === 'number' && isPlainInteger(item.text) ? Number(item.text) : -1;
    return value >= 0 && value <= 255 ? value : (typeFault('a byte value is expected here', item, faults) ?? 0);
  });
  return encodeBase64(Uint8Array.from(bytes));
}

// "1e2" and "1.0" are numbers of the value but no integers to Go.
function isPlainInteger(text: string): boolean {
  return String(Number(text)) === text;
}

function typeFault(message: string, place: JsonPlace, faults: PolicyFaults): undefined {
  faults.push({ code: 'json-type', message, place });
  return undefined;
}
