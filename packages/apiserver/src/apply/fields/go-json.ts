/** A JSON scalar as Go's encoding/json writes it: `<`, `>`, `&` and line separators are escaped, which clients see in FieldsV1 keys. */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value);
  return typeof value === 'string' ? text.replace(differing, (found) => escapes.get(found) as string) : text;
}

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
