import { compareTexts } from '../../builtin/compare-texts.ts';
import { listAt, mapAt, textAt, valueAt } from '../../builtin/read.ts';
import { rbacGroup } from '../../builtin/validation/rbac.ts';
import type { User } from '../../http/exchange.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { jsonEqual } from '../../rest/equal.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { Attributes } from '../../rest/write.ts';
import { forbidden, notFound } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import type { Authorizer } from '../access.ts';
import { aggregated, mastersGroup } from './authorizer.ts';
import { grantsOf, roleRules } from './resolve-rules.ts';
import { hasOrAll, type PolicyRule, policyRuleOf, urlCovers } from './rules.ts';

/**
 * Nobody grants what they do not have: refuses writes of roles and bindings beyond the rights of their author, unless the verb
 * `escalate` or `bind` allows it. Source: Kubernetes `registry/rbac/*\/policybased`. Throws `ApiError` 403.
 */
export function checkEscalation(reader: ClusterReader, authorize: Authorizer, attributes: Attributes): void {
  const { resource, object, oldObject, user } = attributes;
  if (resource.group !== rbacGroup || !object || !user || user.groups.includes(mastersGroup)) return;
  if (oldObject && sameGrant(object, oldObject)) return;
  if (resource.resource === 'roles' || resource.resource === 'clusterroles') {
    checkRole(reader, authorize, attributes, object, user);
  } else checkBinding(reader, authorize, attributes, object, user);
}

function sameGrant(object: StoredObject, old: StoredObject): boolean {
  return ['rules', 'aggregationRule', 'subjects', 'roleRef'].every((name) => jsonEqual(object[name], old[name]));
}

function checkRole(
  reader: ClusterReader,
  authorize: Authorizer,
  { resource, address }: Attributes,
  object: StoredObject,
  user: User,
): void {
  const { name = '' } = metadataOf(object);
  const access = { ...accessTo(resource.resource, address.namespace, name), verb: 'escalate' };
  if (authorize(user, access).allowed) return;
  const rules = listAt(object, 'rules').map(policyRuleOf);
  const why = missingRights(reader, user, address.namespace, rules);
  if (why !== undefined) throw forbidden(resource, name, why);
  if (valueAt(object, 'aggregationRule') !== undefined && !hasEverything(reader, user)) {
    throw forbidden(resource, name, 'must have cluster-admin privileges to use the aggregationRule');
  }
}

function checkBinding(
  reader: ClusterReader,
  authorize: Authorizer,
  { resource, address }: Attributes,
  object: StoredObject,
  user: User,
): void {
  const roleRef = mapAt(object, 'roleRef');
  const [kind, role] = [textAt(roleRef, 'kind'), textAt(roleRef, 'name')];
  const plural = kind === 'Role' ? 'roles' : 'clusterroles';
  if (authorize(user, { ...accessTo(plural, address.namespace, role), verb: 'bind' }).allowed) return;
  const rules = roleRules(reader, roleRef, address.namespace);
  if (typeof rules === 'string') throw notFound({ group: rbacGroup, resource: plural }, role);
  const why = missingRights(reader, user, address.namespace, rules);
  if (why !== undefined) throw forbidden(resource, metadataOf(object).name ?? '', why);
}

function accessTo(resource: string, namespace: string, name: string) {
  return { isResource: true, group: rbacGroup, resource, subresource: '', namespace, name } as const;
}

const everything: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: [] },
  { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ['*'] },
];

function hasEverything(reader: ClusterReader, user: User): boolean {
  return missingRights(reader, user, '', everything) === undefined;
}

/** What a user lacks of some rules, as a sentence; undefined where nothing is missing. */
function missingRights(
  reader: ClusterReader,
  user: User,
  namespace: string,
  rules: readonly PolicyRule[],
): string | undefined {
  const grants = [...grantsOf(reader, user, namespace)];
  const own = grants.flatMap((grant) => ('rule' in grant ? [grant.rule] : []));
  const missing = rules.flatMap(breakDown).filter((part) => !own.some((rule) => covers(rule, part)));
  if (missing.length === 0) return undefined;
  const list = [...new Set(compacted(missing).map(describeRule))].sort(compareTexts).join('\n');
  const faults = grants.flatMap((grant) => ('fault' in grant ? [grant.fault] : []));
  const groups = user.groups.map((group) => JSON.stringify(group)).join(' ');
  const trouble = faults.length === 0 ? '' : `; resolution errors: [${aggregated(faults)}]`;
  return `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${list}${trouble}`;
}

/** Rules of one verb, one resource and one name each. */
function breakDown(rule: PolicyRule): PolicyRule[] {
  const none: readonly string[] = [];
  const names = rule.resourceNames.length > 0 ? rule.resourceNames.map((name) => [name]) : [none];
  const resources = rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) =>
        names.map((resourceNames) => ({
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          resourceNames,
          nonResourceURLs: none,
        })),
      ),
    ),
  );
  const urls = rule.nonResourceURLs.flatMap((url) =>
    rule.verbs.map((verb) => ({
      verbs: [verb],
      apiGroups: none,
      resources: none,
      resourceNames: none,
      nonResourceURLs: [url],
    })),
  );
  return [...resources, ...urls];
}

function covers(owner: PolicyRule, part: PolicyRule): boolean {
  if (!part.verbs.every((verb) => hasOrAll(owner.verbs, verb))) return false;
  const [url] = part.nonResourceURLs;
  if (url !== undefined) return owner.nonResourceURLs.some((pattern) => urlCovers(pattern, url));
  return (
    part.apiGroups.every((group) => hasOrAll(owner.apiGroups, group)) &&
    part.resources.every((resource) => resourceCovered(owner.resources, resource)) &&
    (owner.resourceNames.length === 0 ||
      (part.resourceNames.length > 0 && part.resourceNames.every((name) => owner.resourceNames.includes(name))))
  );
}

function resourceCovered(owned: readonly string[], resource: string): boolean {
  if (hasOrAll(owned, resource)) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && owned.includes(`*${resource.slice(slash)}`);
}

/** Parts that differ in their verb only, put together again. */
function compacted(parts: readonly PolicyRule[]): PolicyRule[] {
  const byRest = new Map<string, PolicyRule>();
  for (const part of parts) {
    const key = JSON.stringify({ ...part, verbs: [] });
    const known = byRest.get(key);
    byRest.set(key, known ? { ...known, verbs: [...known.verbs, ...part.verbs] } : part);
  }
  return [...byRest.values()];
}

function describeRule(rule: PolicyRule): string {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  const shown = lists.filter(([, list]) => list.length > 0);
  return `{${shown.map(([name, list]) => `${name}:[${list.map((item) => JSON.stringify(item)).join(' ')}]`).join(', ')}}`;
}
