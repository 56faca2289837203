import type { Origin } from '@pullpath/api';
import { below } from './origins.ts';
import type { LintContext } from './rule.ts';

/** A text that names a registry or repository, wherever it stands. */
export interface Location {
  readonly text: string;
  /** A source, one of its mirrors, or an entry of a list of `registrySources`. */
  readonly role: 'source' | 'mirror' | 'insecureRegistries' | 'blockedRegistries' | 'allowedRegistries';
  readonly origin: Origin;
}

/** Every source, mirror and registry scope of the objects, right or wrong. */
export function locations({ mirrorEntries, registryScopes }: LintContext): readonly Location[] {
  return [
    ...mirrorEntries.flatMap(({ source, mirrors, origin }): Location[] => [
      { text: source, role: 'source', origin: below(origin, 'source') },
      ...mirrors.map((text, index): Location => ({ text, role: 'mirror', origin: below(origin, 'mirrors', index) })),
    ]),
    ...registryScopes.map(({ scope, list, origin }): Location => ({ text: scope, role: list, origin })),
  ];
}

/** `host[:port]` of a location, and its path without the slash between them; empty where it has none. */
export function splitLocation(text: string): { readonly host: string; readonly path: string } {
  const slash = text.indexOf('/');
  return slash === -1 ? { host: text, path: '' } : { host: text.slice(0, slash), path: text.slice(slash + 1) };
}

/** How many components a path has. */
export function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
