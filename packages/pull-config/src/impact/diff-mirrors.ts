import { describeOrigin } from '@pullpath/api';
import { compareBytes } from '../formats/go-order.ts';
import type { MirrorRule, MirrorSourcePolicy } from '../model.ts';
import type { RuleChange } from './rule-changes.ts';

type Subject = 'digest-mirrors' | 'tag-mirrors';

/** What all rules for one source say together, for pulls by digest or by tag. */
interface SourceRules {
  readonly source: string;
  readonly subject: Subject;
  readonly mirrors: readonly string[];
  readonly policy: MirrorSourcePolicy;
  readonly rules: readonly MirrorRule[];
}

/** Differences of mirror rules, one per source and kind of pull, ascending by source, digests before tags. */
export function diffMirrors(before: readonly MirrorRule[], after: readonly MirrorRule[]): RuleChange[] {
  const old = bySource(before);
  const now = bySource(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(compareBytes);
  return keys.flatMap((key) => changeOf(old.get(key), now.get(key)));
}

function bySource(rules: readonly MirrorRule[]): Map<string, SourceRules> {
  const groups = new Map<string, MirrorRule[]>();
  for (const rule of rules) {
    const key = `${rule.source}\n${subjectOf(rule)}`;
    const group = groups.get(key);
    if (group) group.push(rule);
    else groups.set(key, [rule]);
  }
  return new Map([...groups].map(([key, group]) => [key, together(group)]));
}

function subjectOf({ kind }: MirrorRule): Subject {
  return kind === 'itms' ? 'tag-mirrors' : 'digest-mirrors';
}

function together(rules: readonly MirrorRule[]): SourceRules {
  const [first] = rules as readonly [MirrorRule, ...MirrorRule[]];
  const mirrors = [...new Set(rules.flatMap((rule) => rule.mirrors))];
  const blocks = rules.some(({ policy }) => policy === 'NeverContactSource');
  const policy = blocks ? 'NeverContactSource' : 'AllowContactingSource';
  return { source: first.source, subject: subjectOf(first), mirrors, policy, rules };
}

function changeOf(before: SourceRules | undefined, after: SourceRules | undefined): RuleChange[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const details = before && after ? detailsOf(before, after) : blockedSource(shown);
  if (change === 'changed' && details.length === 0) return [];
  const { subject, source: name, mirrors, rules } = shown;
  return [{ change, subject, name, mirrors, details, origins: rules.map(({ origin }) => describeOrigin(origin)) }];
}

function blockedSource({ policy }: SourceRules): string[] {
  return policy === 'NeverContactSource' ? ['the source is never contacted'] : [];
}

function detailsOf(before: SourceRules, after: SourceRules): string[] {
  const [old, now] = [new Set(before.mirrors), new Set(after.mirrors)];
  const removed = before.mirrors.filter((mirror) => !now.has(mirror));
  const added = after.mirrors.filter((mirror) => !old.has(mirror));
  const policy = before.policy === after.policy ? [] : [`policy ${before.policy} -> ${after.policy}`];
  return [
    ...policy,
    ...removed.map((mirror) => `mirror ${mirror} removed`),
    ...added.map((mirror) => `mirror ${mirror} added`),
    ...(sameOrder(before.mirrors, after.mirrors, old, now) ? [] : [`order is now ${after.mirrors.join(', ')}`]),
  ];
}

function sameOrder(
  before: readonly string[],
  after: readonly string[],
  old: ReadonlySet<string>,
  now: ReadonlySet<string>,
): boolean {
  const kept = before.filter((mirror) => now.has(mirror));
  return after.filter((mirror) => old.has(mirror)).every((mirror, index) => mirror === kept[index]);
}
