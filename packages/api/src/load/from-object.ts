import type { KubeObject, LocatedObject } from './located.ts';

/** An object of a live API: it has no place in a file. */
export function fromObject<T extends KubeObject>(object: T): LocatedObject<T> {
  return { object };
}
