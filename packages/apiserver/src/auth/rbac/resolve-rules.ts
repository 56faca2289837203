import { listAt, mapAt, textAt } from '../../builtin/read.ts';
import { rbacGroup } from '../../builtin/validation/rbac.ts';
import type { User } from '../../http/exchange.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf } from '../../rest/metadata.ts';
import { notFound } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { type PolicyRule, policyRuleOf } from './rules.ts';

/** A rule that a user has, and the binding that it comes from; or the fault of a binding that cannot be followed. */
export type Grant = { readonly rule: PolicyRule; source(): string } | { readonly fault: string };

/** The rules that a user has in a namespace (or cluster-wide where it is empty), lazily: whoever has found enough stops. */
export function* grantsOf(reader: ClusterReader, user: User, namespace: string): Generator<Grant> {
  for (const binding of reader.list({ group: rbacGroup, resource: 'clusterrolebindings' })) {
    yield* grantsOfBinding(reader, user, binding, '');
  }
  if (namespace === '') return;
  for (const binding of reader.list({ group: rbacGroup, resource: 'rolebindings' }, namespace)) {
    yield* grantsOfBinding(reader, user, binding, namespace);
  }
}

function* grantsOfBinding(
  reader: ClusterReader,
  user: User,
  binding: StoredObject,
  namespace: string,
): Generator<Grant> {
  const subject = listAt(binding, 'subjects').find((candidate) => appliesTo(candidate, user, namespace));
  if (subject === undefined) return;
  const role = roleRules(reader, mapAt(binding, 'roleRef'), namespace);
  if (typeof role === 'string') yield { fault: role };
  else for (const rule of role) yield { rule, source: () => describe(binding, subject, namespace) };
}

/** The rules of the role that a binding refers to, or why there are none. */
export function roleRules(reader: ClusterReader, roleRef: unknown, namespace: string): readonly PolicyRule[] | string {
  const [kind, name] = [textAt(roleRef, 'kind'), textAt(roleRef, 'name')];
  if (kind !== 'Role' && kind !== 'ClusterRole') return `unsupported role reference kind: ${JSON.stringify(kind)}`;
  const resource = { group: rbacGroup, resource: kind === 'Role' ? 'roles' : 'clusterroles' };
  const role = reader.get(resource, kind === 'Role' ? namespace : '', name);
  return role
    ? listAt(role, 'rules').map(policyRuleOf)
    : notFound({ group: rbacGroup, resource: kind.toLowerCase() }, name).message;
}

function appliesTo(subject: unknown, user: User, namespace: string): boolean {
  const name = textAt(subject, 'name');
  switch (textAt(subject, 'kind')) {
    case 'User':
      return user.name === name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const home = textAt(subject, 'namespace') || namespace;
      return home !== '' && user.name === `system:serviceaccount:${home}:${name}`;
    }
    default:
      return false;
  }
}

function describe(binding: StoredObject, subject: unknown, namespace: string): string {
  const { name = '' } = metadataOf(binding);
  const kind = namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding';
  const shown = JSON.stringify(namespace === '' ? name : `${name}/${namespace}`);
  const role = `${textAt(binding, 'roleRef', 'kind')} ${JSON.stringify(textAt(binding, 'roleRef', 'name'))}`;
  return `${kind} ${shown} of ${role} to ${describeSubject(subject, namespace)}`;
}

function describeSubject(subject: unknown, namespace: string): string {
  const [kind, name] = [textAt(subject, 'kind'), textAt(subject, 'name')];
  if (kind !== 'ServiceAccount') return `${kind} ${JSON.stringify(name)}`;
  return `${kind} ${JSON.stringify(`${name}/${textAt(subject, 'namespace') || namespace}`)}`;
}
