/** The most that one expression of a schema may be estimated to cost, over all values that it may run on. */
export const expressionCostLimit = 10_000_000;

/** The most for all expressions of a schema together. */
export const schemaCostLimit = 100_000_000;

/** The most that one run of an expression may cost (Kubernetes `celconfig.PerCallLimit`). */
export const callCostLimit = 1_000_000;

/** The most that all rules may cost on one object (Kubernetes `celconfig.RuntimeCELCostBudget`). */
export const objectCostLimit = 10_000_000;

/** By how much an estimate is too high, in the words of the API server. */
export function costText(name: string, cost: number, limit: number): string {
  return `${name} exceeds budget by factor of ${factorText(cost / limit)} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}

function factorText(factor: number): string {
  if (factor > 100) return 'more than 100x';
  return factor < 1.5 ? `${factor.toFixed(6)}x` : `${factor.toFixed(1)}x`;
}
