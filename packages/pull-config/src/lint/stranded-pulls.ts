import type { MirrorSet } from '../compile/mirror-sets.ts';
import { scopeIndex } from '../compile/scope-index.ts';
import type { MirrorRule } from '../model.ts';
import type { MirrorGroup } from './mirror-groups.ts';

/** A source that may not be contacted, for the kind of pull that it has no mirrors for. */
export interface StrandedPulls {
  readonly source: string;
  /** The first rule that forbids contacting the source. */
  readonly never: MirrorRule;
  /** Mirrors of the other kind for a source around this one, which do not help: the narrower table alone counts. */
  readonly wider?: MirrorSet | undefined;
}

/**
 * Pulls of one kind that must fail, because the rules of the other kind block the source for both (node-config 1.3) and no
 * mirror serves this one.
 */
export function strandedPulls({ digestSets, tagSets }: MirrorGroup, kind: 'digest' | 'tag'): readonly StrandedPulls[] {
  const [blocking, serving] = kind === 'tag' ? [digestSets, tagSets] : [tagSets, digestSets];
  const served = new Set(serving.map(({ source }) => source));
  const around = scopeIndex(serving.map((set) => [set.source, set]));
  return blocking.flatMap(({ source, neverContactSource, rules }) => {
    const never = rules.find(({ policy }) => policy === 'NeverContactSource');
    if (!neverContactSource || !never || served.has(source)) return [];
    return [{ source, never, wider: around.enclosing(source)[0] }];
  });
}
