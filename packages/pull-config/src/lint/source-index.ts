import type { MirrorSet } from '../compile/mirror-sets.ts';
import { type ScopeIndex, scopeIndex } from '../compile/scope-index.ts';
import type { MirrorGroup } from './mirror-groups.ts';

/** Everything that the rules say of one source. */
export interface MirroredSource {
  readonly source: string;
  readonly digest?: MirrorSet | undefined;
  readonly tag?: MirrorSet | undefined;
}

/** The sources of a group by name; digest sources first, each list by bytes. */
export function mirroredSources({ digestSets, tagSets }: MirrorGroup): ReadonlyMap<string, MirroredSource> {
  const sources = new Map<string, MirroredSource>();
  for (const digest of digestSets) sources.set(digest.source, { source: digest.source, digest });
  for (const tag of tagSets) sources.set(tag.source, { source: tag.source, ...sources.get(tag.source), tag });
  return sources;
}

/** The sources of a group by what they enclose. */
export function sourceIndex(sources: ReadonlyMap<string, MirroredSource>): ScopeIndex<MirroredSource> {
  return scopeIndex(sources);
}

/** The narrowest other source around a scope: what its pulls would use without a table of their own. */
export function nearestAround(index: ScopeIndex<MirroredSource>, scope: string): MirroredSource | undefined {
  return index.enclosing(scope).find(({ source }) => source !== scope);
}

/** The set that forbids contacting a source, if any does. */
export function forbiddingSet({ digest, tag }: MirroredSource): MirrorSet | undefined {
  return [digest, tag].find((set) => set?.neverContactSource);
}
