/** A JSON scalar as Go's encoding/json writes it: `<`, `>`, `&` and line separators are escaped, which clients see in FieldsV1 keys. */
export function goJson(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!special.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(differing, (found) => escapes.get(found) as string);
}

// Whatever either of them escapes.
const special = /["\\<>&\p{Cc}\p{Cs}\u2028\u2029]/u;

const escapes: ReadonlyMap<string, string> = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
  ['\\b', '\\u0008'],
  ['\\f', '\\u000c'],
  ['\\\\', '\\\\'],
]);

// An escaped backslash is matched first, so that the b after it is not taken for a backspace.
const differing = /\\\\|\\b|\\f|[<>&\u2028\u2029]/g;
