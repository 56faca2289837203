/** A machine of a NodePool as a rollout sees it. */
export interface PoolMachine {
  readonly name: string;
  /** The configuration that it was made for (Replace), or is to take (InPlace). */
  readonly hash: string;
  /** It has become a Node before. */
  readonly joined: boolean;
  /** It is emptied before it goes. */
  readonly leaving: boolean;
  /** Its Node; absent while it boots, or after someone deleted it. */
  readonly node?: { readonly ready: boolean } | undefined;
}

/** What is done next. */
export interface MachineStep {
  /** Names of machines to make, for the target. */
  readonly create: readonly string[];
  /** Machines that go: at once where they have no Node, else when they are empty. */
  readonly remove: readonly string[];
}

/** A joined machine whose Node is gone was deleted by someone. */
export function isLost({ joined, node }: PoolMachine): boolean {
  return joined && node === undefined;
}

/** The first `count` names with the lowest free numbers behind the prefix. */
export function freeNames(prefix: string, taken: readonly PoolMachine[], count: number): readonly string[] {
  const used = new Set(taken.map(({ name }) => name));
  const names: string[] = [];
  for (let number = 0; names.length < count; number++) {
    const name = `${prefix}-${number}`;
    if (!used.has(name)) names.push(name);
  }
  return names;
}

/** A count, or a share of the replicas such as `25%`; undefined for neither. */
export function countOf(value: unknown, replicas: number, round: (share: number) => number): number | undefined {
  if (typeof value === 'number') return value;
  const share = typeof value === 'string' && value.endsWith('%') ? Number(value.slice(0, -1)) : Number.NaN;
  return Number.isNaN(share) ? undefined : round((share * replicas) / 100);
}
