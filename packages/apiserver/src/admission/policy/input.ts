import type { AccessCheck, AccessChecker, PolicyInput } from '@pullpath/api';
import type { Access, Authorizer } from '../../auth/access.ts';
import { serviceAccountGroups } from '../../auth/impersonate.ts';
import { userInfo } from '../../auth/reviews/authentication.ts';
import type { User } from '../../http/exchange.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { metadataOf, withMetadata } from '../../rest/metadata.ts';
import type { Attributes } from '../../rest/write.ts';
import type { StoredObject } from '../../store/record.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/** What the expressions of a policy read of a write by `user`. */
export function policyInput(
  reader: ClusterReader,
  authorize: Authorizer,
  attributes: Attributes,
  user: User,
  policy: CompiledPolicy,
  params: StoredObject | undefined,
): PolicyInput {
  const { resource, address, subresource, object, oldObject } = attributes;
  return {
    object,
    oldObject,
    request: admissionRequest(attributes, user),
    namespaceObject: namespaceObject(reader, attributes),
    params,
    variables: policy.variables,
    authorizer: accessChecker(authorize, user),
    requestResource: {
      group: resource.group,
      resource: resource.resource,
      subresource,
      namespace: address.namespace,
      name: address.name,
    },
  };
}

/** `admission.k8s.io/v1` AdmissionRequest, without the objects. */
function admissionRequest({ operation, resource, address, subresource, dryRun }: Attributes, user: User): StoredObject {
  const { group, version } = resource;
  const kind = { group, version, kind: resource.kind };
  const named = { group, version, resource: resource.resource };
  return {
    kind,
    resource: named,
    requestKind: kind,
    requestResource: named,
    ...(subresource !== '' && { subResource: subresource, requestSubResource: subresource }),
    name: address.name,
    ...(address.namespace !== '' && { namespace: address.namespace }),
    operation,
    userInfo: userInfo(user),
    dryRun,
  };
}

function namespaceObject(reader: ClusterReader, { resource, address }: Attributes): StoredObject | undefined {
  if (address.namespace === '' || (resource.group === '' && resource.resource === 'namespaces')) return undefined;
  const namespace = reader.get({ group: '', resource: 'namespaces' }, '', address.namespace);
  return namespace && withMetadata(namespace, { managedFields: undefined, ownerReferences: undefined });
}

function accessChecker(authorize: Authorizer, user: User): AccessChecker {
  return (check) => ({ ...authorize(subjectOf(check, user), accessOf(check)), error: '' });
}

function subjectOf({ serviceAccount }: AccessCheck, user: User): User {
  if (!serviceAccount) return user;
  const { namespace, name } = serviceAccount;
  const groups = [...serviceAccountGroups(namespace), 'system:authenticated'];
  return { name: `system:serviceaccount:${namespace}:${name}`, groups };
}

function accessOf({ verb, path, group, resource, subresource, namespace, name }: AccessCheck): Access {
  if (path !== '') return { isResource: false, verb, path };
  return { isResource: true, verb, group, resource, subresource, namespace, name };
}

/** Name of the object, for messages. */
export function nameOf(object: StoredObject): string {
  return metadataOf(object).name ?? '';
}
