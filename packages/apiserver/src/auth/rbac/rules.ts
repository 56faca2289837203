import { textsAt } from '../../builtin/read.ts';
import type { Access } from '../access.ts';

/** A `rbac.authorization.k8s.io/v1` PolicyRule with every list there. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

export function policyRuleOf(rule: unknown): PolicyRule {
  return {
    verbs: textsAt(rule, 'verbs'),
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    resourceNames: textsAt(rule, 'resourceNames'),
    nonResourceURLs: textsAt(rule, 'nonResourceURLs'),
  };
}

/** Whether a rule alone allows an access. Source: Kubernetes `rbac.RuleAllows`. */
export function ruleAllows(rule: PolicyRule, access: Access): boolean {
  if (!hasOrAll(rule.verbs, access.verb)) return false;
  if (!access.isResource) return rule.nonResourceURLs.some((url) => urlCovers(url, access.path));
  return (
    hasOrAll(rule.apiGroups, access.group) &&
    resourceMatches(rule.resources, access.resource, access.subresource) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(access.name))
  );
}

/** True when the list has the item, or `*`. */
export function hasOrAll(list: readonly string[], item: string): boolean {
  return list.includes('*') || list.includes(item);
}

function resourceMatches(resources: readonly string[], resource: string, subresource: string): boolean {
  if (subresource === '') return hasOrAll(resources, resource);
  return hasOrAll(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}

/** True when the URL pattern of a rule (`*`, `/a`, `/a/*`) takes in the path, which may be a pattern itself. */
export function urlCovers(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*{1,64}$/, ''));
}
