import { apply, del, get, mergePatch, post, type Script } from '../script.ts';
import { configMap, configMaps, digestMirrorSets } from './objects.ts';

const api = '/apis/rbac.authorization.k8s.io/v1';
const version = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const group = 'rbac.authorization.k8s.io';
const clusterRole = (name: string, rules: unknown, more: object = {}): object => ({
  ...version,
  kind: 'ClusterRole',
  metadata: { name },
  rules,
  ...more,
});
const role = (name: string, rules: unknown): object => ({ ...version, kind: 'Role', metadata: { name }, rules });
const binding = (kind: string, name: string, ref: object, subjects: unknown): object => ({
  ...version,
  kind,
  metadata: { name },
  roleRef: { apiGroup: group, ...ref },
  subjects,
});
const user = (name: string): object => ({ kind: 'User', apiGroup: group, name });
const roles = `${api}/namespaces/{{ns}}/roles`;
const bindings = `${api}/namespaces/{{ns}}/rolebindings`;
const as = 'alice';
const review = (kind: string, spec: object): object => ({ apiVersion: 'authorization.k8s.io/v1', kind, spec });
const reviews = '/apis/authorization.k8s.io/v1';
const can = (attributes: object) =>
  post(`${reviews}/selfsubjectaccessreviews`, review('SelfSubjectAccessReview', { resourceAttributes: attributes }), {
    as,
  });
const sar = (spec: object, path = `${reviews}/subjectaccessreviews`) => post(path, review('SubjectAccessReview', spec));
// The real server reads roles and bindings from a cache.
const granted = (status: number): boolean => status !== 403 && status !== 404;

/** Authorization: denials, roles and bindings, escalation, reviews, impersonation. */
export const rbac: Script = {
  topic: 'rbac',
  steps: [
    get('/api/v1/nodes', { as }),
    get('/api/v1/nodes/n', { as }),
    get(configMaps, { as }),
    get(`${configMaps}/a`, { as }),
    post(configMaps, configMap('a'), { as }),
    mergePatch(`${configMaps}/a`, {}, { as }),
    apply(`${configMaps}/a?fieldManager=m`, configMap('a'), { as }),
    del(`${configMaps}/a`, undefined, { as }),
    del(configMaps, undefined, { as }),
    get(`${configMaps}?watch=true`, { as }),
    get(`${digestMirrorSets}/x`, { as }),
    get(`${digestMirrorSets}/x/status`, { as }),
    get('/apis/hypershift.openshift.io/v1beta1/namespaces/{{ns}}/nodepools/x/scale', { as }),
    get('/version', { as, select: (body) => body.kind ?? 'version' }),
    get('/api', { as, select: (body) => body.kind }),
    get('/metrics', { as }),
    get('/nowhere', { as }),
    get('/healthz', { as }),
    get('/apis/nowhere.example.com/v1/things', { as }),
    get('/api/v1/nowhere', { as }),
    post('/api/v1/namespaces/{{ns}}/pods/p/eviction', {}, { as }),

    post(roles, role('reader', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }])),
    post(bindings, binding('RoleBinding', 'reader', { kind: 'Role', name: 'reader' }, [user('alice')])),
    get(configMaps, { as, select: (body) => body.kind, until: granted }),
    get(`${configMaps}/none`, { as }),
    post(configMaps, configMap('a'), { as }),
    get('/api/v1/namespaces/default/configmaps', { as }),
    get('/api/v1/configmaps', { as }),
    post(
      roles,
      role('named', [
        { apiGroups: [''], resources: ['secrets'], resourceNames: ['pull'], verbs: ['get', 'list', 'watch'] },
      ]),
    ),
    post(
      bindings,
      binding('RoleBinding', 'named', { kind: 'Role', name: 'named' }, [
        { kind: 'Group', apiGroup: group, name: 'agents' },
      ]),
    ),
    get('/api/v1/namespaces/{{ns}}/secrets/pull', { as, groups: 'agents', until: (status) => status !== 403 }),
    get('/api/v1/namespaces/{{ns}}/secrets/other', { as, groups: 'agents' }),
    get('/api/v1/namespaces/{{ns}}/secrets', { as, groups: 'agents' }),
    get('/api/v1/namespaces/{{ns}}/secrets?fieldSelector=metadata.name%3Dpull', {
      as,
      groups: 'agents',
      select: (body) => body.kind,
    }),
    get('/api/v1/namespaces/{{ns}}/secrets?fieldSelector=metadata.name%3Dother', { as, groups: 'agents' }),

    post(roles, role('escalate', [{ apiGroups: [''], resources: ['secrets'], verbs: ['*'] }]), { as }),
    post(roles, role('manage', [{ apiGroups: [group], resources: ['roles', 'rolebindings'], verbs: ['*'] }])),
    post(bindings, binding('RoleBinding', 'manage', { kind: 'Role', name: 'manage' }, [user('alice')])),
    post(roles, role('escalate', [{ apiGroups: [''], resources: ['secrets'], verbs: ['*'] }]), {
      as,
      until: (_, body) => body?.message?.includes('attempting to grant') ?? false,
    }),
    post(roles, role('allowed', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]), { as }),
    mergePatch(
      `${roles}/allowed`,
      { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'delete'] }] },
      { as },
    ),
    post(bindings, binding('RoleBinding', 'grab', { kind: 'ClusterRole', name: 'cluster-admin' }, [user('alice')]), {
      as,
    }),
    post(bindings, binding('RoleBinding', 'grab', { kind: 'Role', name: 'none' }, [user('alice')]), { as }),
    post(bindings, binding('RoleBinding', 'share', { kind: 'Role', name: 'allowed' }, [user('bob')]), {
      as,
      until: granted,
    }),

    post(roles, role('bad', [{}])),
    post(roles, role('bad', [{ verbs: ['get'] }])),
    post(roles, role('bad', [{ apiGroups: [''], resources: ['x'] }])),
    post(roles, role('bad', [{ verbs: ['get'], nonResourceURLs: ['/x'] }])),
    post(
      `${api}/clusterroles`,
      clusterRole('rbac-bad', [{ verbs: ['get'], nonResourceURLs: ['/x'], resources: ['y'], apiGroups: [''] }]),
    ),
    post(roles, role('Odd:Name', [])),
    post(roles, role('bad/name', [])),
    post(bindings, binding('RoleBinding', 'bad', {}, [])),
    post(bindings, binding('RoleBinding', 'bad', { kind: 'Pod', name: 'x' }, [])),
    post(bindings, binding('RoleBinding', 'bad', { kind: 'Role', name: 'x', apiGroup: 'y' }, [])),
    post(
      bindings,
      binding('RoleBinding', 'bad', { kind: 'Role', name: 'x' }, [
        { kind: 'Robot', name: 'r' },
        { kind: 'ServiceAccount', name: 'S A' },
        { kind: 'User', name: '' },
      ]),
    ),
    post(
      bindings,
      binding('RoleBinding', 'defaulted', { kind: 'Role', name: 'x' }, [
        { kind: 'User', name: 'u' },
        { kind: 'ServiceAccount', name: 's' },
      ]),
    ),
    post(
      `${api}/clusterrolebindings`,
      binding('ClusterRoleBinding', 'rbac-bad', { kind: 'Role', name: 'x' }, [{ kind: 'ServiceAccount', name: 's' }]),
    ),
    mergePatch(`${bindings}/share`, { roleRef: { name: 'other' } }),

    post(
      `${api}/clusterroles`,
      clusterRole('rbac-agg', [], {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'rbac-agg': 'true' } }] },
      }),
    ),
    post(`${api}/clusterroles`, {
      ...clusterRole('rbac-part', [{ apiGroups: ['x'], resources: ['y'], verbs: ['get'] }]),
      metadata: { name: 'rbac-part', labels: { 'rbac-agg': 'true' } },
    }),
    get(`${api}/clusterroles/rbac-agg`, {
      until: (_, body) => (body?.rules?.length ?? 0) > 0,
      select: (body) => body.rules,
    }),
    ...[
      'cluster-admin',
      'admin',
      'edit',
      'view',
      'system:discovery',
      'system:basic-user',
      'system:public-info-viewer',
    ].map((name) =>
      get(`${api}/clusterroles/${name}`, {
        select: (body) => ({ labels: body.metadata?.labels, annotations: body.metadata?.annotations, kind: body.kind }),
      }),
    ),
    get(`${api}/clusterrolebindings/cluster-admin`),
    get(`${api}/clusterrolebindings/system:discovery`),

    can({ verb: 'get', resource: 'configmaps', namespace: 'rbac' }),
    can({ verb: 'create', resource: 'configmaps', namespace: 'rbac' }),
    can({ verb: 'get', resource: 'nodes' }),
    can({ verb: '*', resource: '*', group: '*' }),
    post(
      `${reviews}/selfsubjectaccessreviews`,
      review('SelfSubjectAccessReview', { nonResourceAttributes: { path: '/healthz', verb: 'get' } }),
      // Two bindings allow it; which of them the real server names is the order of a map.
      { as, select: (body) => ({ ...body, status: { ...body.status, reason: body.status.reason !== '' } }) },
    ),
    post(`${reviews}/selfsubjectaccessreviews`, review('SelfSubjectAccessReview', {}), { as }),
    post(
      `${reviews}/selfsubjectaccessreviews`,
      review('SelfSubjectAccessReview', {
        resourceAttributes: { verb: 'get', resource: 'pods' },
        nonResourceAttributes: { path: '/', verb: 'get' },
      }),
    ),
    post(`${reviews}/selfsubjectaccessreviews`, {
      ...review('SelfSubjectAccessReview', { resourceAttributes: { verb: 'get', resource: 'pods' } }),
      metadata: { name: 'x' },
    }),
    post(
      `${reviews}/selfsubjectaccessreviews`,
      review('SelfSubjectAccessReview', { resourceAttributes: { verb: 'get', resource: 'pods' } }),
    ),
    sar({ user: 'alice', resourceAttributes: { verb: 'list', resource: 'configmaps', namespace: 'rbac' } }),
    sar({
      user: 'bob',
      groups: ['agents'],
      resourceAttributes: { verb: 'get', resource: 'secrets', name: 'pull', namespace: 'rbac' },
    }),
    sar({ resourceAttributes: { verb: 'list', resource: 'pods' } }),
    sar({ user: 'alice' }),
    post(
      `${reviews}/namespaces/{{ns}}/localsubjectaccessreviews`,
      review('LocalSubjectAccessReview', {
        user: 'alice',
        resourceAttributes: { verb: 'list', resource: 'configmaps', namespace: 'rbac' },
      }),
    ),
    post(
      `${reviews}/namespaces/{{ns}}/localsubjectaccessreviews`,
      review('LocalSubjectAccessReview', {
        user: 'alice',
        resourceAttributes: { verb: 'list', resource: 'configmaps', namespace: 'other' },
      }),
    ),
    post(`${reviews}/selfsubjectrulesreviews`, review('SelfSubjectRulesReview', { namespace: 'rbac' }), {
      as,
      select: (body) => ({
        ...body,
        status: {
          ...body.status,
          resourceRules: body.status?.resourceRules?.filter((rule: any) => rule.apiGroups.includes('')),
          nonResourceRules: undefined,
        },
      }),
    }),
    post(`${reviews}/selfsubjectrulesreviews`, review('SelfSubjectRulesReview', {}), { as }),
    post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      { as, groups: 'agents' },
    ),
    post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      { headers: { 'impersonate-user': 'x', 'impersonate-uid': 'u', 'impersonate-extra-scopes': 'view' } },
    ),
    post('/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token: 'wrong' },
    }),
    post('/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: {},
    }),
    post('/api/v1/namespaces/{{ns}}/serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'sa' },
    }),
    post(
      '/api/v1/namespaces/{{ns}}/serviceaccounts/sa/token',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
      { save: { token: 'status.token' } },
    ),
    post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      { headers: { authorization: 'Bearer {{token}}' } },
    ),
    post(
      '/apis/authentication.k8s.io/v1/tokenreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: '{{token}}' } },
      { select: (body) => body.status },
    ),
    get('/api/v1/nodes', { headers: { authorization: 'Bearer {{token}}' } }),
    get('/api/v1/nodes', { as: 'system:serviceaccount:rbac:sa' }),
    get('/api/v1/nodes', { groups: 'only-groups' }),
    get('/api/v1/nodes', { headers: { authorization: 'Bearer {{token}}', 'impersonate-user': 'bob' } }),
    get('/api/v1/nodes', { as: 'system:anonymous' }),
  ],
};
