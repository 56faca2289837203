/** Whether two values of JSON are equal; members that are undefined count as absent, the order of members does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  return covers(one, other) && covers(other, one);
}

/** Whether everything in `wanted` is in `found`, which may hold more members. Lists count as a whole. */
export function covers(found: unknown, wanted: unknown): boolean {
  if (found === wanted) return true;
  if (typeof found !== 'object' || typeof wanted !== 'object' || found === null || wanted === null) return false;
  if (Array.isArray(wanted)) return Array.isArray(found) && sameItems(found, wanted);
  if (Array.isArray(found)) return false;
  return Object.entries(wanted).every(([key, value]) => value === undefined || covers(memberOf(found, key), value));
}

function sameItems(found: readonly unknown[], wanted: readonly unknown[]): boolean {
  return found.length === wanted.length && wanted.every((item, index) => covers(found[index], item));
}

function memberOf(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
}
