/**
 * The number of inserted, dropped, changed or swapped letters between two words (optimal string alignment), or
 * `limit + 1` when it is larger than `limit`. Words longer than the limit allows are not compared.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = nextRow(a, b, i, row, previous);
    previous = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}

function nextRow(a: string, b: string, i: number, row: readonly number[], previous: readonly number[]): number[] {
  const next = [i];
  for (let j = 1; j <= b.length; j++) {
    const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed);
    next.push(swapped ? Math.min(cost, (previous[j - 2] ?? 0) + 1) : cost);
  }
  return next;
}
