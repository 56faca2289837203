import { parseNormalizedNamed } from '@pullpath/oci';
import type { Mirror, RegistriesConf, RegistryEntry } from '../model.ts';
import type { PullRoute, RouteAttempt } from '../pull/explain/context.ts';
import { findRegistry, prepareResolver } from '../pull/resolver.ts';

/**
 * Adds to the routes of another runtime the rules behind them: the table that would decide on a node with registries.conf,
 * and for each mirror that is asked the rule that names it. Where the runtime widened a rule, that of another table counts.
 */
export function routeWithRules(
  route: (image: string) => PullRoute,
  conf: RegistriesConf,
): (image: string) => PullRoute {
  const resolver = prepareResolver(conf);
  return (image) => {
    const plain = route(image);
    const parsed = parseNormalizedNamed(plain.normalized ?? image);
    const entry = parsed.ok ? findRegistry(resolver, parsed.value.name) : undefined;
    const tables = [...(entry ? [entry] : []), ...conf.registries];
    return {
      ...plain,
      entry: plain.entry ?? entry,
      attempts: plain.attempts.map((attempt) => withRule(attempt, tables)),
    };
  };
}

function withRule(attempt: RouteAttempt, tables: readonly RegistryEntry[]): RouteAttempt {
  if (!attempt.mirror || attempt.mirrorOf) return attempt;
  const mirrorOf = tables.flatMap(({ mirrors }) => mirrors).find((mirror) => isAskedAt(mirror, attempt.reference));
  return mirrorOf ? { ...attempt, mirrorOf } : attempt;
}

function isAskedAt({ location }: Mirror, reference: string): boolean {
  return reference.startsWith(location) && ['/', ':', '@', undefined].includes(reference[location.length]);
}
