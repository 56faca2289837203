import { decodeValue, isUnknown, type Value } from '@pullpath/terraform-provider';

export interface JsonObject {
  readonly [name: string]: unknown;
}

/** A decoded message as the vectors write it: snake case, no empty members, values of Terraform as JSON. */
export function viewOf(message: unknown): JsonObject {
  const members = Object.entries(message as object).map(
    ([name, member]) => [snakeCase(name), memberView(member)] as const,
  );
  return Object.fromEntries(members.filter(([, member]) => !isEmpty(member)));
}

/** The view of the vectors without what an answer may drop; enumerations by number. */
export function withoutRefinements(view: JsonObject): JsonObject {
  const plain = (name: string, member: unknown): unknown => {
    if (name === 'severity') return severities[String(member)] ?? member;
    return isUnknownView(member) ? { $unknown: true } : member;
  };
  return JSON.parse(JSON.stringify(view, plain)) as JsonObject;
}

const severities: Readonly<Record<string, number>> = { ERROR: 1, WARNING: 2 };

function memberView(member: unknown): unknown {
  if (member instanceof Uint8Array) return bytesView(member);
  if (member instanceof Map) return Object.fromEntries([...member].map(([key, value]) => [key, viewOf(value)]));
  if (Array.isArray(member)) return member.map(memberView);
  if (typeof member !== 'object' || member === null) return member;
  return 'msgpack' in member ? valueView(decodeValue(member as never)) : viewOf(member);
}

function bytesView(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text || '""');
  } catch {
    return Buffer.from(bytes).toString('base64');
  }
}

function valueView(value: Value): unknown {
  if (isUnknown(value)) return { $unknown: true };
  if (Array.isArray(value)) return value.map(valueView);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, valueView(member)]));
}

function isUnknownView(member: unknown): boolean {
  return typeof member === 'object' && member !== null && '$unknown' in member;
}

function isEmpty(member: unknown): boolean {
  if (Array.isArray(member)) return member.length === 0;
  return member === undefined || member === '' || member === 0 || member === false;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
