import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { nameOfPlace } from '../../compile/faults.ts';
import type { MirrorSet } from '../../compile/mirror-sets.ts';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { isUnderMirrorKey } from '../config-map-keys.ts';
import { mergeOutcome } from '../merge-outcome.ts';
import { below, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** A source that several entries of one kind of pull name: nodes merge them (node-config 1.3, step A). */
export const duplicateSource: LintRule = {
  code: 'duplicate-source',
  severity: 'warning',
  why: 'Entries for one source are merged, none replaces another: whoever edits one of them changes less than it seems.',
  check: ({ mirrorGroups }) =>
    mirrorGroups.flatMap(({ digestSets, tagSets }) =>
      // Where merging also moves mirrors, that is what is reported.
      [...digestSets, ...tagSets].filter((set) => mergeOutcome(set) === 'kept').flatMap(repeated),
    ),
};

function repeated({ source, rules: [first, ...later] }: MirrorSet): Diagnostic[] {
  return later.flatMap((rule) => (first ? [repeatedBy(rule, first, source)] : []));
}

function repeatedBy(rule: MirrorRule, first: MirrorRule, source: string): Diagnostic {
  const severity = writtenAlone(rule.origin.of) === writtenAlone(first.origin.of) ? 'warning' : 'info';
  const message = `source "${source}" is in ${nameOfPlace(first.origin)} too, the mirrors of both are merged`;
  const hint = 'one entry with all mirrors says the same';
  const places = [related('the earlier entry', first.origin)];
  return diagnose(severity, 'duplicate-source', message, below(rule.origin, 'source'), { hint, related: places });
}

/**
 * What one author writes in one go, where a source has no reason to come twice: an object, and everything that a
 * HostedCluster says for the whole cluster, be it in its own fields or in its mirror ConfigMap.
 */
function writtenAlone(of: LocatedObject): unknown {
  return of.object.kind === 'HostedCluster' || isUnderMirrorKey(of) ? 'the whole HostedCluster' : of;
}
