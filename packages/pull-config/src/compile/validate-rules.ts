import type { Origin } from '@pullpath/api';
import type { DiagnosticCode } from '@pullpath/diagnostics';
import { isMirrorLocation, isMirrorSource, isValidScope } from '@pullpath/oci';
import type { MirrorRule, MirrorSourcePolicy, ScopeRule } from '../model.ts';
import { nameOfPlace, type RuleFault } from './faults.ts';
import { digestRules, tagRules } from './mirror-sets.ts';

export type ScopeListName = 'insecureRegistries' | 'blockedRegistries' | 'allowedRegistries';

/**
 * What machine-config-operator checks before it edits registries.conf (`validateRegistriesConfScopes`), with every fault
 * instead of the first; the order of faults is the order of its checks, so the first one is the one it would report.
 */
export function validateRules(
  lists: Readonly<Partial<Record<ScopeListName, readonly ScopeRule[]>>>,
  rules: readonly MirrorRule[],
): RuleFault[] {
  return [
    ...scopeFaults('insecureRegistries', lists.insecureRegistries),
    ...scopeFaults('blockedRegistries', lists.blockedRegistries),
    ...scopeFaults('allowedRegistries', lists.allowedRegistries),
    ...mirrorFaults([...digestRules(rules), ...tagRules(rules)]),
  ];
}

/** Entries of one list of `registrySources` that are no scope. */
export function scopeFaults(list: ScopeListName, rules: readonly ScopeRule[] = []): RuleFault[] {
  return rules.flatMap(({ scope, origin }) => (isValidScope(scope) ? [] : [scopeFault(list, scope, origin)]));
}

function scopeFault(list: ScopeListName, scope: string, origin: Origin): RuleFault {
  return {
    code: 'scope-format',
    message: `"${scope}" in ${list} is not a registry scope`,
    value: scope,
    origin,
    expected: 'host[:port][/path], or *.domain',
  };
}

function mirrorFaults(rules: readonly MirrorRule[]): RuleFault[] {
  const firstBySource = new Map<string, MirrorRule>();
  return rules.flatMap((rule) => {
    const first = firstBySource.get(rule.source) ?? rule;
    firstBySource.set(rule.source, first);
    return ruleFaults(rule, first);
  });
}

function ruleFaults(rule: MirrorRule, first: MirrorRule): RuleFault[] {
  const faults: RuleFault[] = [];
  if (!isMirrorSource(rule.source)) faults.push(formatFault('source-format', rule.source, childOf(rule, 'source')));
  if (policyOf(rule) !== policyOf(first)) faults.push(conflictFault(rule, first));
  const neverItself = policyOf(rule) === 'NeverContactSource';
  rule.mirrors.forEach((mirror, index) => {
    const origin = (): Origin => childOf(rule, 'mirrors', index);
    if (!isMirrorLocation(mirror)) faults.push(formatFault('mirror-format', mirror, origin()));
    if (neverItself && mirror === rule.source) faults.push(selfMirrorFault(rule, origin()));
  });
  return faults;
}

function childOf(rule: MirrorRule, ...steps: (string | number)[]): Origin {
  return { of: rule.origin.of, path: [...rule.origin.path, ...steps] };
}

/** The policy of a rule; absent, also for every ICSP rule, means that the source may be contacted. */
export function policyOf(rule: MirrorRule): MirrorSourcePolicy {
  return rule.policy ?? 'AllowContactingSource';
}

function formatFault(
  code: DiagnosticCode & ('source-format' | 'mirror-format'),
  value: string,
  origin: Origin,
): RuleFault {
  const isSource = code === 'source-format';
  return {
    code,
    message: `"${value}" is not a ${isSource ? 'source' : 'mirror'} that nodes can use`,
    value,
    origin,
    expected: isSource ? 'host[:port][/path], or *.domain' : 'host[:port][/path]',
    hint: value.includes('://') ? 'leave the scheme out' : 'no tag, no digest, and a lower-case path',
  };
}

function conflictFault(rule: MirrorRule, first: MirrorRule): RuleFault {
  const place = nameOfPlace(first.origin);
  return {
    code: 'conflicting-policies-for-source',
    message: `source "${rule.source}" is ${policyOf(rule)} here and ${policyOf(first)} in ${place}`,
    value: rule.source,
    origin: rule.policy ? childOf(rule, 'mirrorSourcePolicy') : rule.origin,
    related: [{ message: `${policyOf(first)} here`, origin: first.origin }],
    hint: 'give every rule of a source the same mirrorSourcePolicy; until then nothing at all is rendered',
  };
}

function selfMirrorFault(rule: MirrorRule, origin: Origin): RuleFault {
  return {
    code: 'source-among-its-mirrors-and-blocked',
    message: `"${rule.source}" must never be contacted, yet it is one of its own mirrors`,
    value: rule.source,
    origin,
    related: [{ message: 'NeverContactSource is set here', origin: childOf(rule, 'mirrorSourcePolicy') }],
    hint: 'remove it from mirrors, or allow contacting the source',
  };
}
