import type { Dialect, MirrorRule } from '../model.ts';
import { nameOfPlace, type RuleFault } from './faults.ts';

/**
 * Rules that nodes of a release cannot have. Before 4.13 there are ICSPs only: an ImageDigestMirrorSet without a policy
 * says the same and is rendered with a warning, tag mirrors and NeverContactSource are errors.
 */
export function dialectFaults(rules: readonly MirrorRule[], dialect: Dialect): RuleFault[] {
  return dialect === '4.12' ? rules.flatMap(faultsBefore413) : [];
}

function faultsBefore413(rule: MirrorRule): RuleFault[] {
  if (rule.kind === 'itms') return [notInRelease(rule, 'tag mirrors', 'error')];
  if (rule.policy === 'NeverContactSource') return [notInRelease(rule, 'NeverContactSource', 'error')];
  return rule.kind === 'idms' ? [notInRelease(rule, 'ImageDigestMirrorSet', 'warning')] : [];
}

function notInRelease(rule: MirrorRule, what: string, severity: 'error' | 'warning'): RuleFault {
  const hint = severity === 'warning' ? 'it is rendered as the ImageContentSourcePolicy that says the same' : undefined;
  return {
    code: 'rule-not-in-release',
    severity,
    message: `releases before 4.13 have no ${what}, which ${nameOfPlace(rule.origin)} asks for`,
    value: rule.source,
    origin: rule.origin,
    ...(hint !== undefined && { hint }),
  };
}
