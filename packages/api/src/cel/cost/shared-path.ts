/**
 * A path through a schema whose tail may change when another path is made from the same one: cel-go grows its paths in
 * place, so that in `p.w.map(v, p.k)` the path of `p.w` ends in `k` afterwards. Its estimates are kept, faults included.
 */
export interface SharedPath {
  readonly steps: string[];
  readonly length: number;
  readonly capacity: number;
}

export const noPath: SharedPath = { steps: [], length: 0, capacity: 0 };

export function startPath(name: string): SharedPath {
  return { steps: [name], length: 1, capacity: 1 };
}

/** The path with one more step, in the same storage where there is room. */
export function addStep({ steps, length, capacity }: SharedPath, step: string): SharedPath {
  if (length < capacity) {
    steps[length] = step;
    return { steps, length: length + 1, capacity };
  }
  return { steps: [...steps.slice(0, length), step], length: length + 1, capacity: Math.max(1, capacity * 2) };
}

export function stepsOf({ steps, length }: SharedPath): readonly string[] {
  return steps.slice(0, length);
}
