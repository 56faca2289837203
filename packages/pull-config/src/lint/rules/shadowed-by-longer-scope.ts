import type { Diagnostic } from '@pullpath/diagnostics';
import type { MirrorSet } from '../../compile/mirror-sets.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { forbiddingSet, type MirroredSource, mirroredSources, nearestAround, sourceIndex } from '../source-index.ts';

/** A source inside another one that lacks mirrors of a kind which the outer one has: the longest prefix alone counts. */
export const shadowedByLongerScope: LintRule = {
  code: 'shadowed-by-longer-scope',
  severity: 'warning',
  why: 'Nodes use the table with the longest matching prefix and no other, so an entry for a narrower source takes the mirrors of the wider one away from its images.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(shadowsIn),
};

function shadowsIn(group: MirrorGroup): Diagnostic[] {
  const sources = mirroredSources(group);
  const index = sourceIndex(sources);
  // A narrower source that may not be contacted does worse than shadowing: it strands those pulls.
  const narrower = [...sources.values()].filter((source) => !forbiddingSet(source));
  return narrower.flatMap((inner) => {
    const outer = nearestAround(index, inner.source);
    return outer ? shadows(inner, outer) : [];
  });
}

function shadows(inner: MirroredSource, outer: MirroredSource): Diagnostic[] {
  if (!inner.digest && inner.tag && outer.digest) return [shadow('digest', inner.tag, outer.digest)];
  if (!inner.tag && inner.digest && outer.tag) return [shadow('tag', inner.digest, outer.tag)];
  return [];
}

function shadow(kind: 'digest' | 'tag', inner: MirrorSet, outer: MirrorSet): Diagnostic {
  const [rule] = inner.rules;
  if (!rule) throw new Error('a merged set comes from at least one rule');
  const message = `pulls of "${inner.source}" by ${kind} no longer use the mirrors of "${outer.source}": this narrower entry has none for them`;
  const object = kind === 'digest' ? 'ImageDigestMirrorSet' : 'ImageTagMirrorSet';
  const hint = `add "${inner.source}" to an ${object} as well`;
  const hidden = outer.rules.map(({ origin }) => related(`hidden for "${inner.source}"`, origin));
  return diagnose('warning', 'shadowed-by-longer-scope', message, below(rule.origin, 'source'), {
    hint,
    related: hidden,
  });
}
