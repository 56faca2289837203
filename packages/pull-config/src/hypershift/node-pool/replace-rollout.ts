import { countOf, freeNames, isLost, type MachineStep, type PoolMachine } from './pool-machine.ts';

export interface ReplaceInput {
  readonly nodePool: string;
  readonly replicas: number;
  /** The configuration that machines are to have. */
  readonly target: string;
  readonly machines: readonly PoolMachine[];
  /** `spec.management.replace`. */
  readonly strategy?: 'RollingUpdate' | 'OnDelete' | undefined;
  readonly maxSurge?: number | string | undefined;
  readonly maxUnavailable?: number | string | undefined;
}

/**
 * The next step of a pool whose machines are replaced, as a MachineDeployment takes it: never more than `maxSurge` machines
 * above the replicas, never fewer available ones than `maxUnavailable` below. A new machine that does not become a Node
 * stops the rollout there. With `OnDelete` only what is lost is made anew, with the new configuration.
 */
export function replaceStep(input: ReplaceInput): MachineStep {
  const lost = input.machines.filter(isLost);
  const present = input.machines.filter((machine) => !isLost(machine));
  // One that never became a Node boots from what is gone by now.
  const stuck = present.filter(({ hash, joined, node }) => hash !== input.target && !joined && !node);
  const rest = present.filter((machine) => !stuck.includes(machine));
  const leaving = rest.filter((machine) => machine.leaving);
  const more = removable(input, rest);
  return {
    create: freeNames(`${input.nodePool}-${input.target}`, input.machines, missing(input, rest)),
    remove: [...lost, ...stuck, ...leaving, ...more].map(({ name }) => name),
  };
}

function missing({ replicas, target, strategy, ...input }: ReplaceInput, machines: readonly PoolMachine[]): number {
  const staying = machines.filter(({ leaving }) => !leaving);
  if (strategy === 'OnDelete') return Math.max(0, replicas - staying.length);
  const current = staying.filter(({ hash }) => hash === target).length;
  return Math.max(0, Math.min(replicas - current, replicas + surgeOf({ ...input, replicas }) - machines.length));
}

function removable(input: ReplaceInput, machines: readonly PoolMachine[]): readonly PoolMachine[] {
  const { replicas, target, strategy } = input;
  const staying = machines.filter(({ leaving }) => !leaving);
  const old = staying.filter(({ hash }) => hash !== target);
  const current = staying.filter(({ hash }) => hash === target);
  if (strategy === 'OnDelete') return [...old, ...current].slice(0, Math.max(0, staying.length - replicas));
  const needed = replicas - unavailableOf(input);
  let spare = staying.filter(isAvailable).length - needed;
  const sick = old.filter((machine) => !isAvailable(machine));
  const healthy = old.filter(isAvailable).filter(() => spare-- > 0);
  const surplus = old.length > 0 ? [] : current.toReversed().slice(0, Math.max(0, current.length - replicas));
  return [...sick, ...healthy, ...surplus];
}

function isAvailable({ node, leaving }: PoolMachine): boolean {
  return node?.ready === true && !leaving;
}

// Both may not be 0, or nothing could ever move; Kubernetes raises the surge then.
function surgeOf({
  replicas,
  maxSurge,
  maxUnavailable,
}: Pick<ReplaceInput, 'replicas' | 'maxSurge' | 'maxUnavailable'>): number {
  const surge = countOf(maxSurge, replicas, Math.ceil) ?? 1;
  return surge === 0 && unavailableOf({ replicas, maxUnavailable }) === 0 ? 1 : surge;
}

function unavailableOf({ replicas, maxUnavailable }: Pick<ReplaceInput, 'replicas' | 'maxUnavailable'>): number {
  return countOf(maxUnavailable, replicas, Math.floor) ?? 0;
}
