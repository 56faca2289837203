/**
 * The most requests of a topic whose answers may still differ from the real server's without an entry in
 * docs/api-differences.md: what is left to do. The numbers only fall. Each is one or two above what is measured, because
 * a few answers of the real server depend on how far its caches and controllers are.
 */
const open: Readonly<Record<string, number>> = {
  discovery: 3,
  negotiation: 2,
  crud: 7,
  patches: 8,
  apply: 2,
  tables: 4,
  deletion: 4,
  'custom-resources': 6,
  definitions: 15,
  builtins: 5,
};

/** The most requests that may still differ in a topic: one where none is known, for the chance in the real server. */
export function openIn(topic: string): number {
  return open[topic] ?? 1;
}

/** The most commands of the kubectl tour whose output may still differ. */
export const openInTour = 4;
