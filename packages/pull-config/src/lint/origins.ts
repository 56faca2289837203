import { type LocatedObject, type Origin, originSpan, type Path, valueAt } from '@pullpath/api';
import type { RelatedPlace } from '@pullpath/diagnostics';
import { textAt } from '../collect/objects.ts';
import type { MirrorRule } from '../model.ts';

/** The value at some steps below an origin, e.g. `mirrors`, 0 of a mirror rule. */
export function below({ of, path }: Origin, ...steps: Path): Origin {
  return { of, path: [...path, ...steps] };
}

/** The value that holds the one at an origin, e.g. the list of an item. */
export function above({ of, path }: Origin): Origin {
  return { of, path: path.slice(0, -1) };
}

/** Fields that hold the policy of a mirror rule; install-config has its own name for it. */
const policyFields = ['mirrorSourcePolicy', 'sourcePolicy'];

/** The policy as the object states it, right or wrong, with its place; undefined where it states none. */
export function statedPolicy({ origin }: MirrorRule): { readonly value: unknown; readonly origin: Origin } | undefined {
  const places = policyFields.map((field) => below(origin, field));
  const place = places.find(({ of, path }) => valueAt(of.object, path) !== undefined);
  return place && { value: valueAt(place.of.object, place.path), origin: place };
}

/** Where the policy of a rule stands, or the rule itself. */
export function policyOrigin(rule: MirrorRule): Origin {
  return statedPolicy(rule)?.origin ?? rule.origin;
}

/** The name of an object for messages; empty where it has none, or none that is a text. */
export function nameOf(located: LocatedObject): string {
  return textAt(located, ['metadata', 'name']) ?? '';
}

/** Another place that takes part in a fault. */
export function related(message: string, origin: Origin): RelatedPlace {
  return { message, at: originSpan(origin) };
}

/** One text per place: the same object read again, and an object inside a string of another, have the same key. */
export type PlaceKey = (origin: Origin) => string;

/** Keys for the places of a set of objects. */
export function placeKeys(): PlaceKey {
  const numbers = new Map<LocatedObject, number>();
  const numberOf = (located: LocatedObject): number => {
    const number = numbers.get(located) ?? numbers.size;
    numbers.set(located, number);
    return number;
  };
  return ({ of, path }) => {
    const { embedded } = of;
    return JSON.stringify(
      embedded ? [numberOf(embedded.in), embedded.path, embedded.document, path] : [numberOf(of), path],
    );
  };
}
