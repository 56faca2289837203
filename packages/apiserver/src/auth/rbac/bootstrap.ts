import { rbacGroup } from '../../builtin/validation/rbac.ts';
import type { StoredObject } from '../../store/record.ts';
import { aggregatedRules } from './aggregation.ts';

const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const all = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const healthUrls = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

/** ClusterRoles that every logical cluster starts with; aggregated ones have their rules. Source: Kubernetes `rbac/bootstrappolicy`. */
export function bootstrapClusterRoles(): StoredObject[] {
  const roles = [...plainRoles(), ...viewRoles(), ...editRoles(), ...adminRoles()];
  // A role that aggregates aggregated roles sees their rules once those are filled in: view, then edit, then admin.
  for (const name of ['view', 'edit', 'admin']) {
    const index = roles.findIndex((role) => (role['metadata'] as { name: string }).name === name);
    const aggregated = roles[index] as StoredObject;
    roles[index] = { ...aggregated, rules: aggregatedRules(aggregated, roles) };
  }
  return roles;
}

/** ClusterRoleBindings that every logical cluster starts with. */
export function bootstrapClusterRoleBindings(): StoredObject[] {
  return [
    binding('cluster-admin', ['system:masters']),
    binding('system:basic-user', ['system:authenticated']),
    binding('system:discovery', ['system:authenticated']),
    binding('system:monitoring', ['system:monitoring']),
    binding('system:public-info-viewer', ['system:authenticated', 'system:unauthenticated']),
    binding('system:service-account-issuer-discovery', ['system:serviceaccounts']),
  ];
}

function plainRoles(): StoredObject[] {
  const issuerUrls = ['/.well-known/openid-configuration', '/openid/v1/jwks'].flatMap((url) => [url, `${url}/`]);
  const monitoringUrls = ['/flagz', '/healthz', '/healthz/*', '/livez', '/livez/*', '/metrics', '/metrics/slis'];
  return [
    role('cluster-admin', [rule(['*'], ['*'], ['*']), urls(['*'], ['*'])]),
    role('system:auth-delegator', [
      rule(['create'], ['authentication.k8s.io'], ['tokenreviews']),
      rule(['create'], ['authorization.k8s.io'], ['subjectaccessreviews']),
    ]),
    role('system:basic-user', [
      rule(['create'], ['authorization.k8s.io'], ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']),
      rule(['create'], ['authentication.k8s.io'], ['selfsubjectreviews']),
    ]),
    role('system:discovery', [
      urls(
        ['get'],
        [
          '/api',
          '/api/*',
          '/apis',
          '/apis/*',
          '/healthz',
          '/livez',
          '/openapi',
          '/openapi/*',
          '/readyz',
          '/version',
          '/version/',
        ],
      ),
    ]),
    role('system:monitoring', [
      urls(['get'], [...monitoringUrls, '/readyz', '/readyz/*', '/statusz']),
      rule(['get'], [''], ['nodes/metrics']),
    ]),
    role('system:public-info-viewer', [urls(['get'], healthUrls)]),
    role('system:service-account-issuer-discovery', [urls(['get'], issuerUrls)]),
  ];
}

function viewRoles(): StoredObject[] {
  const workloads = ['daemonsets', 'deployments', 'replicasets'];
  return [
    aggregating('view', 'edit'),
    aggregated('view', [
      rule(read, [''], ['configmaps', 'pods', 'serviceaccounts']),
      rule(read, [''], ['namespaces/status', 'pods/log', 'pods/status']),
      rule(read, [''], ['namespaces']),
      rule(read, ['', 'events.k8s.io'], ['events']),
      rule(
        read,
        ['apps'],
        [...workloads, ...workloads.map((name) => `${name}/status`), 'deployments/scale', 'replicasets/scale'],
      ),
      rule(read, ['policy'], ['poddisruptionbudgets', 'poddisruptionbudgets/status']),
    ]),
  ];
}

function editRoles(): StoredObject[] {
  return [
    aggregating('edit', 'admin'),
    aggregated('edit', [
      rule(read, [''], ['secrets']),
      rule(['impersonate'], [''], ['serviceaccounts']),
      rule(write, [''], ['pods']),
      rule(['create'], [''], ['pods/eviction']),
      rule(write, [''], ['configmaps', 'secrets', 'serviceaccounts']),
      rule(['create'], [''], ['serviceaccounts/token']),
      rule(write, ['', 'events.k8s.io'], ['events']),
      rule(write, ['apps'], ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale']),
      rule(write, ['policy'], ['poddisruptionbudgets']),
      rule(all, ['coordination.k8s.io'], ['leases']),
    ]),
  ];
}

function adminRoles(): StoredObject[] {
  return [
    aggregating('admin', undefined),
    aggregated('admin', [
      rule(['create'], ['authorization.k8s.io'], ['localsubjectaccessreviews']),
      rule(all, [rbacGroup], ['rolebindings', 'roles']),
    ]),
  ];
}

function rule(verbs: readonly string[], apiGroups: readonly string[], resources: readonly string[]): unknown {
  return { verbs, apiGroups, resources };
}

function urls(verbs: readonly string[], nonResourceURLs: readonly string[]): unknown {
  return { verbs, nonResourceURLs };
}

const aggregateTo = (name: string): string => `${rbacGroup}/aggregate-to-${name}`;

function aggregating(name: string, into: string | undefined): StoredObject {
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { [aggregateTo(name)]: 'true' } }] };
  return { ...role(name, [], into), aggregationRule };
}

function aggregated(into: string, rules: readonly unknown[]): StoredObject {
  return role(`system:aggregate-to-${into}`, rules, into);
}

function role(name: string, rules: readonly unknown[], into?: string): StoredObject {
  return { apiVersion: `${rbacGroup}/v1`, kind: 'ClusterRole', metadata: metadata(name, into), rules };
}

function binding(name: string, groups: readonly string[]): StoredObject {
  return {
    apiVersion: `${rbacGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: metadata(name),
    roleRef: { apiGroup: rbacGroup, kind: 'ClusterRole', name },
    subjects: groups.map((group) => ({ kind: 'Group', apiGroup: rbacGroup, name: group })),
  };
}

function metadata(name: string, into?: string): StoredObject {
  return {
    name,
    labels: {
      'kubernetes.io/bootstrapping': 'rbac-defaults',
      ...(into !== undefined && { [aggregateTo(into)]: 'true' }),
    },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
}
