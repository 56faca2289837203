import { describeOrigin, type Origin } from '@pullpath/api';
import { digestRules, type MirrorSet, mergeMirrorSets, tagRules } from '../../compile/mirror-sets.ts';
import type { MirrorRule } from '../../model.ts';

/** Something that is allowed and most likely not meant; `reason` is that of a Warning event (hypershift 2.4). */
export interface MirrorWarning {
  readonly reason:
    | 'MirrorPolicyConflict'
    | 'MirrorPolicyBlocksOtherKind'
    | 'DuplicateSourceAcrossOrigins'
    | 'MirrorOrderConflict';
  readonly message: string;
}

/** What deserves a warning in rules that are accepted. */
export function mirrorWarnings(rules: readonly MirrorRule[]): readonly MirrorWarning[] {
  const [digest, tag] = [mergeMirrorSets(digestRules(rules)), mergeMirrorSets(tagRules(rules))];
  return [
    ...blocksOther(tag, digest, 'tag', 'digest'),
    ...blocksOther(digest, tag, 'digest', 'tag'),
    ...[...digest, ...tag].flatMap((set) => [...acrossOrigins(set), ...contradictions(set)]),
  ];
}

function blocksOther(
  sets: readonly MirrorSet[],
  others: readonly MirrorSet[],
  kind: string,
  other: string,
): readonly MirrorWarning[] {
  const served = new Set(others.map(({ source }) => source));
  return sets
    .filter(({ neverContactSource, source }) => neverContactSource && !served.has(source))
    .map(({ source, rules }) => ({
      reason: 'MirrorPolicyBlocksOtherKind',
      message: `NeverContactSource of the ${kind} rule for "${source}" (${placesOf(rules)}) also blocks pulls by ${other}, which have no mirror`,
    }));
}

function acrossOrigins({ source, rules }: MirrorSet): readonly MirrorWarning[] {
  if (new Set(rules.map(({ origin }) => origin.of.object)).size < 2) return [];
  const message = `"${source}" has mirrors in ${placesOf(rules)}; nodes try all of them, in that order`;
  return [{ reason: 'DuplicateSourceAcrossOrigins', message }];
}

function contradictions({ source, rules, contradicted }: MirrorSet): readonly MirrorWarning[] {
  if (contradicted.length === 0) return [];
  const message = `the orders of mirrors for "${source}" contradict each other (${placesOf(rules)}); the earlier one counts`;
  return [{ reason: 'MirrorOrderConflict', message }];
}

function placesOf(rules: readonly MirrorRule[]): string {
  return rules.map(({ origin }) => placeText(origin)).join(' and ');
}

function placeText(origin: Origin): string {
  const { object, path } = describeOrigin(origin);
  return `${object} ${path}`;
}
