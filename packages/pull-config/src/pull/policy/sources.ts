/**
 * How many sources of keys are set, as containers/image counts them: a path counts when it is not empty, data and lists
 * count when they are not null, even empty ones.
 */
export function countSources(paths: readonly (string | undefined)[], others: readonly unknown[]): number {
  return paths.filter(Boolean).length + others.filter((value) => value !== undefined && value !== null).length;
}

/** The members that are set, to be spread into a requirement. */
export function setMembers<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const set = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(set) as { [Name in keyof T]?: NonNullable<T[Name]> };
}
