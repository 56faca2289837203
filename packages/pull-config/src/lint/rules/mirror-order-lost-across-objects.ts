import type { Diagnostic } from '@pullpath/diagnostics';
import type { MirrorSet } from '../../compile/mirror-sets.ts';
import { diagnose } from '../../diagnose.ts';
import { mergeOutcome, triedOrder } from '../merge-outcome.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** Mirrors of one source split over entries, whose order the bytes of the mirrors then decide (node-config 1.3, step A). */
export const mirrorOrderLostAcrossObjects: LintRule = {
  code: 'mirror-order-lost-across-objects',
  severity: 'warning',
  why: 'Between entries there is no order: mirrors of one source that no single entry orders are tried in alphabetical order.',
  check: ({ mirrorGroups }) =>
    mirrorGroups.flatMap(({ digestSets, tagSets }) =>
      [...digestSets, ...tagSets].filter((set) => mergeOutcome(set) === 'by-bytes').flatMap(lost),
    ),
};

function lost(set: MirrorSet): Diagnostic[] {
  const last = set.rules.at(-1);
  if (!last) return [];
  const message = `the mirrors of "${set.source}" stand in ${set.rules.length} entries but are not tried in their order, nodes try ${triedOrder(set)}`;
  const others = set.rules.slice(0, -1).map(({ origin }) => related('other mirrors here', below(origin, 'mirrors')));
  const hint = 'list all mirrors of the source in one entry, in the order in which they are to be tried';
  const origin = below(last.origin, 'mirrors');
  return [diagnose('warning', 'mirror-order-lost-across-objects', message, origin, { hint, related: others })];
}
