import { mapAt, textAt, valueAt } from '../../builtin/read.ts';
import { invalid } from '../../builtin/validation/faults.ts';
import type { Endpoint } from '../../resources/endpoint.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import { badRequest, type FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import type { Authorizer } from '../access.ts';
import { aggregated, mastersGroup } from '../rbac/authorizer.ts';
import { grantsOf } from '../rbac/resolve-rules.ts';
import {
  accessStatus,
  attributesFaults,
  authorizationGroup,
  metadataFaults,
  subjectFaults,
  subjectOf,
} from './access-review.ts';
import { invalidReview, reviewEndpoint } from './review-endpoint.ts';

/** What the reviews ask. */
export interface AuthorizationReviews {
  readonly authorizerOf: (cluster: string) => Authorizer;
  readonly readerOf: (cluster: string) => ClusterReader;
  readonly now: () => Date;
}

/** `authorization.k8s.io/v1`: may I, may they, what may I. */
export function authorizationEndpoints(reviews: AuthorizationReviews): Endpoint[] {
  return [selfAccess(reviews), selfRules(reviews), subjectAccess(reviews), localAccess(reviews)];
}

function selfAccess({ authorizerOf, now }: AuthorizationReviews): Endpoint {
  return reviewEndpoint(now, {
    group: authorizationGroup,
    kind: 'SelfSubjectAccessReview',
    resource: 'selfsubjectaccessreviews',
    message: 'authorization.SelfSubjectAccessReview',
    description: 'Whether the user of the request may do something.',
    answer(object, { cluster, user }) {
      const spec = mapAt(object, 'spec');
      refuse([...attributesFaults(spec), ...metadataFaults(object)]);
      return { ...object, status: accessStatus(authorizerOf(cluster), user, spec) };
    },
  });
}

function subjectAccess({ authorizerOf, now }: AuthorizationReviews): Endpoint {
  return reviewEndpoint(now, {
    group: authorizationGroup,
    kind: 'SubjectAccessReview',
    resource: 'subjectaccessreviews',
    message: 'authorization.SubjectAccessReview',
    description: 'Whether someone may do something.',
    answer(object, { cluster }) {
      const spec = mapAt(object, 'spec');
      refuse([...attributesFaults(spec), ...subjectFaults(spec), ...metadataFaults(object)]);
      return { ...object, status: accessStatus(authorizerOf(cluster), subjectOf(spec), spec) };
    },
  });
}

function localAccess({ authorizerOf, now }: AuthorizationReviews): Endpoint {
  return reviewEndpoint(now, {
    group: authorizationGroup,
    kind: 'LocalSubjectAccessReview',
    resource: 'localsubjectaccessreviews',
    message: 'authorization.LocalSubjectAccessReview',
    description: 'Whether someone may do something within a namespace.',
    namespaced: true,
    answer(object, { cluster, namespace }) {
      const spec = mapAt(object, 'spec');
      const local = { ...object, metadata: { ...mapAt(object, 'metadata'), namespace } };
      refuse([
        ...attributesFaults(spec),
        ...subjectFaults(spec),
        ...metadataFaults(local, ['namespace']),
        ...localFaults(spec, namespace),
      ]);
      return { ...local, status: accessStatus(authorizerOf(cluster), subjectOf(spec), spec) };
    },
  });
}

function localFaults(spec: unknown, namespace: string): FieldFault[] {
  if (valueAt(spec, 'nonResourceAttributes') !== undefined) {
    const shown = valueAt(spec, 'nonResourceAttributes');
    return [invalid('spec.nonResourceAttributes', shown, 'disallowed on this kind of request')];
  }
  const asked = textAt(spec, 'resourceAttributes', 'namespace');
  const isElsewhere = valueAt(spec, 'resourceAttributes') !== undefined && asked !== namespace;
  return isElsewhere ? [invalid('spec.resourceAttributes.namespace', asked, 'must match metadata.namespace')] : [];
}

function refuse(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw invalidReview(authorizationGroup, faults);
}

function selfRules({ readerOf, now }: AuthorizationReviews): Endpoint {
  return reviewEndpoint(now, {
    group: authorizationGroup,
    kind: 'SelfSubjectRulesReview',
    resource: 'selfsubjectrulesreviews',
    message: 'authorization.SelfSubjectRulesReview',
    description: 'What the user of the request may do within a namespace.',
    answer(object, { cluster, user }) {
      const namespace = textAt(object, 'spec', 'namespace');
      if (namespace === '') throw badRequest('no namespace on request');
      const grants = [...grantsOf(readerOf(cluster), user, namespace)];
      const isMaster = user.groups.includes(mastersGroup);
      // The answer repeats nothing of the question, as the real server's.
      return { metadata: {}, spec: {}, status: rulesStatus(grants, isMaster) };
    },
  });
}

type Grants = readonly (ReturnType<typeof grantsOf> extends Generator<infer G> ? G : never)[];

const everyResource = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const everyUrl = { verbs: ['*'], nonResourceURLs: ['*'] };

function rulesStatus(grants: Grants, isMaster: boolean): StoredObject {
  const rules = grants.flatMap((grant) => ('rule' in grant ? [grant.rule] : []));
  const faults = grants.flatMap((grant) => ('fault' in grant ? [grant.fault] : []));
  const resourceRules = rules
    .filter(({ resources }) => resources.length > 0)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      ...(apiGroups.length > 0 && { apiGroups }),
      resources,
      ...(resourceNames.length > 0 && { resourceNames }),
    }));
  const nonResourceRules = rules
    .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
  return {
    resourceRules: isMaster ? [everyResource, ...resourceRules] : resourceRules,
    nonResourceRules: isMaster ? [everyUrl, ...nonResourceRules] : nonResourceRules,
    incomplete: false,
    ...(faults.length > 0 && { evaluationError: aggregated(faults) }),
  };
}
