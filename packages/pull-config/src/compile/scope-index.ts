/**
 * Looks scopes up by what encloses them, with one hash lookup per possible encloser: the answer of
 * `isNested(scope, key)` over a whole table without trying every key.
 */
export interface ScopeIndex<T> {
  readonly size: number;
  /** The value of every key in which `scope` is nested, itself included; from the narrowest path to the wildcards. */
  enclosing(scope: string): T[];
}

export function scopeIndex<T>(entries: Iterable<readonly [scope: string, value: T]>): ScopeIndex<T> {
  const table = new Map<string, T>();
  for (const [scope, value] of entries) if (!table.has(scope)) table.set(scope, value);
  // No slice is made, or hashed, for a length that no key has.
  const lengths = new Set([...table.keys()].map((key) => key.length));
  return { size: table.size, enclosing: (scope) => (table.size === 0 ? [] : enclosingValues(table, lengths, scope)) };
}

function enclosingValues<T>(table: ReadonlyMap<string, T>, lengths: ReadonlySet<number>, scope: string): T[] {
  // A set, because the path and the wildcards of `*.a.io/x` both lead to `*.a.io`.
  const found = new Set<string>();
  const look = (length: number, key: () => string): void => {
    const name = lengths.has(length) ? key() : undefined;
    if (name !== undefined && table.has(name)) found.add(name);
  };
  look(scope.length, () => scope);
  for (let at = scope.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : scope.lastIndexOf('/', at - 1)) {
    look(at, () => scope.slice(0, at));
  }
  for (const suffix of hostSuffixes(scope)) look(suffix.length + 1, () => `*${suffix}`);
  return Array.from(found, (name) => table.get(name) as T);
}

// `.b.c` and `.c` of `a.b.c`. With a port or tag in the scope, what precedes the first colon must be a bare host.
function hostSuffixes(scope: string): string[] {
  const colon = scope.indexOf(':');
  const slash = scope.indexOf('/');
  if (colon !== -1 && slash !== -1 && slash < colon) return [];
  const end = colon !== -1 ? colon : slash !== -1 ? slash : scope.length;
  const suffixes: string[] = [];
  for (let at = scope.indexOf('.'); at !== -1 && at < end; at = scope.indexOf('.', at + 1)) {
    suffixes.push(scope.slice(at, end));
  }
  return suffixes;
}
