import { findRegistry, prefixOf, type Resolver } from '../pull/resolver.ts';
import { byBytes } from './host-plan.ts';

/** Tells why a mirror must not be asked although a table names it, or undefined. */
export type MirrorRefusal = (location: string) => string | undefined;

/**
 * containers/image judges a block by the physical place of each attempt, so a mirror inside a blocked scope is never asked
 * (node-config 3.4). A mirror with a blocked scope below it is refused as a whole: no other runtime can leave a part out.
 */
export function mirrorRefusal(resolver: Resolver): MirrorRefusal {
  const blocked = resolver.conf.registries.filter((entry) => entry.blocked).map(prefixOf);
  if (blocked.length === 0) return () => undefined;
  const sorted = blocked.toSorted(byBytes);
  return (location) => {
    const own = findRegistry(resolver, location);
    const scope = own?.blocked ? prefixOf(own) : firstBelow(sorted, location);
    return scope === undefined ? undefined : `${scope} is blocked and would be reached by this mirror`;
  };
}

function firstBelow(sorted: readonly string[], location: string): string | undefined {
  const below = `${location}/`;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < below) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low];
  return found?.startsWith(below) ? found : undefined;
}
