import { mapAt, textAt, textsAt, valueAt } from '../../builtin/read.ts';
import { invalid } from '../../builtin/validation/faults.ts';
import type { User } from '../../http/exchange.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import type { Access, Authorizer } from '../access.ts';

/** Group of the reviews of access. */
export const authorizationGroup = 'authorization.k8s.io';

/** `status` of an access review. */
export function accessStatus(authorize: Authorizer, user: User, spec: unknown): StoredObject {
  const { allowed, reason } = authorize(user, accessOfSpec(spec));
  return { allowed, ...(reason !== '' && { reason }) };
}

function accessOfSpec(spec: unknown): Access {
  const path = valueAt(spec, 'nonResourceAttributes');
  if (path !== undefined) return { isResource: false, verb: textAt(path, 'verb'), path: textAt(path, 'path') };
  const of = mapAt(spec, 'resourceAttributes');
  return {
    isResource: true,
    verb: textAt(of, 'verb'),
    group: textAt(of, 'group'),
    resource: textAt(of, 'resource'),
    subresource: textAt(of, 'subresource'),
    namespace: textAt(of, 'namespace'),
    name: textAt(of, 'name'),
  };
}

/** The user that a SubjectAccessReview asks about. */
export function subjectOf(spec: unknown): User {
  const extra = Object.entries(mapAt(spec, 'extra')).map(([key]) => [key, textsAt(spec, 'extra', key)] as const);
  return {
    name: textAt(spec, 'user'),
    uid: textAt(spec, 'uid') || undefined,
    groups: textsAt(spec, 'groups'),
    extra: Object.fromEntries(extra),
  };
}

/** Faults of the attributes of any access review. Source: Kubernetes `authorization/validation`. */
export function attributesFaults(spec: unknown): FieldFault[] {
  const [resource, path] = [valueAt(spec, 'resourceAttributes'), valueAt(spec, 'nonResourceAttributes')];
  const field = 'spec.nonResourceAttributes';
  if (resource !== undefined && path !== undefined) {
    const shown = { Path: textAt(path, 'path'), Verb: textAt(path, 'verb') };
    return [invalid(field, shown, 'cannot be specified in combination with resourceAttributes')];
  }
  if (resource !== undefined || path !== undefined) return [];
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalid('spec.resourceAttributes', null, why)];
}

/** Faults of the subject of a review about someone else. */
export function subjectFaults(spec: unknown): FieldFault[] {
  const isNamed = textAt(spec, 'user') !== '' || textsAt(spec, 'groups').length > 0;
  return isNamed ? [] : [invalid('spec.user', '', 'at least one of user or group must be specified')];
}

/** Faults of the metadata of a review: it has none. */
export function metadataFaults(object: StoredObject, except: readonly string[] = []): FieldFault[] {
  const extra = Object.keys(mapAt(object, 'metadata')).filter(
    (name) => name !== 'managedFields' && !except.includes(name),
  );
  const detail = except.length === 0 ? 'must be empty' : `must be empty except for ${except.join(', ')}`;
  return extra.length === 0 ? [] : [invalid('metadata', mapAt(object, 'metadata'), detail)];
}
