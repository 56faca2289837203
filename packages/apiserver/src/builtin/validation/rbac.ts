import { jsonEqual } from '../../rest/equal.ts';
import { dnsSubdomainFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, textAt } from '../read.ts';
import { invalid, invalidEach, notSupported, required } from './faults.ts';
import { pathSegmentFaults } from './names.ts';

/** Group of the RBAC kinds, of their users and of their groups. */
export const rbacGroup = 'rbac.authorization.k8s.io';

/** Faults of the rules of a Role or ClusterRole. */
export function policyRulesFaults(object: StoredObject, isNamespaced: boolean): FieldFault[] {
  return listAt(object, 'rules').flatMap((rule, index) => ruleFaults(rule, isNamespaced, `rules[${index}]`));
}

/** Storage does not tell an empty list of rules from none. */
export function withoutEmptyRules(object: StoredObject): StoredObject {
  return listAt(object, 'rules').length === 0 ? { ...object, rules: null } : object;
}

function ruleFaults(rule: unknown, isNamespaced: boolean, field: string): FieldFault[] {
  const urls = listAt(rule, 'nonResourceURLs');
  const verbs =
    listAt(rule, 'verbs').length > 0 ? [] : [required(`${field}.verbs`, 'verbs must contain at least one value')];
  return [
    ...verbs,
    ...(urls.length > 0 ? urlFaults(rule, isNamespaced, `${field}.nonResourceURLs`) : resourceFaults(rule, field)),
  ];
}

function urlFaults(rule: unknown, isNamespaced: boolean, field: string): FieldFault[] {
  const urls = listAt(rule, 'nonResourceURLs');
  const isMixed = ['apiGroups', 'resources', 'resourceNames'].some((name) => listAt(rule, name).length > 0);
  return [
    ...(isNamespaced ? [invalid(field, urls, 'namespaced rules cannot apply to non-resource URLs')] : []),
    ...(isMixed ? [invalid(field, urls, 'rules cannot apply to both regular resources and non-resource URLs')] : []),
  ];
}

function resourceFaults(rule: unknown, field: string): FieldFault[] {
  return [
    ...(listAt(rule, 'apiGroups').length > 0
      ? []
      : [required(`${field}.apiGroups`, 'resource rules must supply at least one api group')]),
    ...(listAt(rule, 'resources').length > 0
      ? []
      : [required(`${field}.resources`, 'resource rules must supply at least one resource')]),
  ];
}

/** Faults of a RoleBinding or ClusterRoleBinding; `kinds` are those of roles that it may refer to. */
export function bindingFaults(object: StoredObject, kinds: readonly string[], isNamespaced: boolean): FieldFault[] {
  const role = mapAt(object, 'roleRef');
  const [group, kind, name] = [textAt(role, 'apiGroup'), textAt(role, 'kind'), textAt(role, 'name')];
  return [
    ...(group === rbacGroup ? [] : [notSupported('roleRef.apiGroup', group, [rbacGroup])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
    ...(name === '' ? [required('roleRef.name')] : invalidEach('roleRef.name', name, pathSegmentFaults(name))),
    ...listAt(object, 'subjects').flatMap((subject, index) =>
      subjectFaults(subject, isNamespaced, `subjects[${index}]`),
    ),
  ];
}

/** What a binding refers to is for good. */
export function roleRefFaults(object: StoredObject, old: StoredObject): FieldFault[] {
  if (jsonEqual(object['roleRef'], old['roleRef'])) return [];
  return [invalid('roleRef', internalRef(mapAt(object, 'roleRef')), 'cannot change roleRef')];
}

/** A reference as the server shows it: by the names of its own fields. */
function internalRef(ref: unknown): unknown {
  return { APIGroup: textAt(ref, 'apiGroup'), Kind: textAt(ref, 'kind'), Name: textAt(ref, 'name') };
}

function subjectFaults(subject: unknown, isNamespaced: boolean, field: string): FieldFault[] {
  const [kind, name, group] = [textAt(subject, 'kind'), textAt(subject, 'name'), textAt(subject, 'apiGroup')];
  const nameless = name === '' ? [required(`${field}.name`)] : [];
  switch (kind) {
    case 'ServiceAccount':
      return [
        ...nameless,
        ...(name === '' ? [] : invalidEach(`${field}.name`, name, dnsSubdomainFaults(name))),
        ...(group === '' ? [] : [notSupported(`${field}.apiGroup`, group, [''])]),
        ...(!isNamespaced && textAt(subject, 'namespace') === '' ? [required(`${field}.namespace`)] : []),
      ];
    case 'User':
    case 'Group':
      return [...nameless, ...(group === rbacGroup ? [] : [notSupported(`${field}.apiGroup`, group, [rbacGroup])])];
    default:
      return [...nameless, notSupported(`${field}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
  }
}
