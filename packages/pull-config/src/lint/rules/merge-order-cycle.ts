import type { Diagnostic } from '@pullpath/diagnostics';
import type { MirrorSet } from '../../compile/mirror-sets.ts';
import { diagnose } from '../../diagnose.ts';
import { mergeOutcome, triedOrder } from '../merge-outcome.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** Entries of one source whose mirror orders cannot all hold; the byte-smallest mirror breaks the loop. */
export const mergeOrderCycle: LintRule = {
  code: 'merge-order-cycle',
  severity: 'warning',
  why: 'Orders that contradict each other are no error anywhere: nodes break the loop at the mirror that comes first by bytes, so nobody gets the order that was asked for.',
  check: ({ mirrorGroups }) =>
    mirrorGroups.flatMap(({ digestSets, tagSets }) =>
      [...digestSets, ...tagSets].filter((set) => mergeOutcome(set) === 'contradicted').flatMap(contradiction),
    ),
};

function contradiction(set: MirrorSet): Diagnostic[] {
  const rules = set.rules.filter(({ mirrors }) => mirrors.some((mirror) => set.contradicted.includes(mirror)));
  const involved = rules.length > 1 ? rules : set.rules;
  const last = involved.at(-1);
  if (!last) return [];
  const message = `the mirrors of "${set.source}" are given in orders that contradict each other, nodes try ${triedOrder(set)}${selfMirror(set)}`;
  const others = involved.slice(0, -1).map(({ origin }) => related('another order here', below(origin, 'mirrors')));
  const hint = 'list all mirrors of the source in one entry, or in the same order everywhere';
  return [diagnose('warning', 'merge-order-cycle', message, below(last.origin, 'mirrors'), { hint, related: others })];
}

// "*" comes before every name by bytes, so that a loop is broken at the wildcard, which no reference can be rewritten to.
function selfMirror({ source, mirrors }: MirrorSet): string {
  const fails = source.startsWith('*.') && mirrors.some(({ location }) => location === source);
  return fails ? `: "${source}" is no place to pull from, each pull that may use these mirrors fails` : '';
}
