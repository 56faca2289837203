/**
 * A member name as Go's `encoding/json` folds it before it looks for a field: ASCII letters in any case, and the two
 * other letters that Unicode folds to `s` and `k`.
 */
export function foldName(name: string): string {
  return name.replaceAll('\u017f', 's').toLowerCase();
}
