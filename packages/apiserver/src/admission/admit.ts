import type { Authorizer } from '../auth/access.ts';
import { checkEscalation } from '../auth/rbac/escalation.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { ClusterReader } from '../rest/cluster-reader.ts';
import type { Attributes } from '../rest/write.ts';
import { checkNamespace } from './namespace-lifecycle.ts';
import { checkPolicies } from './policy/check-policies.ts';

/** One check of a write; throws `ApiError` to deny it. */
export type AdmissionFunction = (attributes: Attributes) => void;

/** What admission needs of the logical clusters. */
export interface AdmissionContext {
  readerOf(cluster: string): ClusterReader;
  authorizerOf(cluster: string): Authorizer;
  /** What the cluster serves. */
  resourcesOf(cluster: string): readonly ResourceDefinition[];
}

/** Every check of a write, in the order of the real server; `further` ones come last. */
export function createAdmission(
  context: AdmissionContext,
  further: readonly AdmissionFunction[] = [],
): AdmissionFunction {
  return (attributes) => {
    const { cluster } = attributes.address;
    const [reader, authorize] = [context.readerOf(cluster), context.authorizerOf(cluster)];
    checkNamespace(reader, attributes);
    checkEscalation(reader, authorize, attributes);
    checkPolicies({ reader, authorize, resources: context.resourcesOf(cluster) }, attributes);
    for (const check of further) check(attributes);
  };
}
