import type { ClusterReader } from '../../rest/cluster-reader.ts';
import type { Authorizer } from '../access.ts';
import { grantsOf } from './resolve-rules.ts';
import { ruleAllows } from './rules.ts';

/** Members may do anything, whatever the roles say. */
export const mastersGroup = 'system:masters';

/** Decides by the roles and bindings of one logical cluster. */
export function rbacAuthorizer(reader: ClusterReader): Authorizer {
  return (user, access) => {
    if (user.groups.includes(mastersGroup)) return { allowed: true, reason: '' };
    const faults: string[] = [];
    for (const grant of grantsOf(reader, user, access.isResource ? access.namespace : '')) {
      if ('fault' in grant) faults.push(grant.fault);
      else if (ruleAllows(grant.rule, access)) return { allowed: true, reason: `RBAC: allowed by ${grant.source()}` };
    }
    return { allowed: false, reason: faults.length === 0 ? '' : `RBAC: ${aggregated(faults)}` };
  };
}

/** Several errors as one. Source: apimachinery `errors.NewAggregate`. */
export function aggregated(faults: readonly string[]): string {
  const distinct = [...new Set(faults)];
  return distinct.length === 1 ? (distinct[0] as string) : `[${distinct.join(', ')}]`;
}
