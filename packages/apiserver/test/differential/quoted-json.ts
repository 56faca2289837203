/** Sorts the members of JSON objects that a message quotes (`Invalid value: "{...}": why`), as bodies are compared without order. */
export function withSortedQuotes(text: string): string {
  return text.replaceAll(quotedObject, (found) => {
    try {
      return JSON.stringify(JSON.stringify(sorted(JSON.parse(JSON.parse(found)))));
    } catch {
      // A quote that only looks like JSON.
      return found;
    }
  });
}

const quotedObject = /"\{(?:[^"\\]|\\.)*\}"/g;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
