import type { LocatedObject } from '@pullpath/api';
import type { LiveObject } from './live-object.ts';

const known = new WeakMap<LiveObject, LocatedObject>();

/** A live object as pure functions take it. The same object gives the same value, so that what is parsed once stays parsed. */
export function located(object: LiveObject): LocatedObject {
  const value = known.get(object) ?? { object: object as LocatedObject['object'] };
  known.set(object, value);
  return value;
}
