import { expect, test } from 'vitest';
import { accessForbidden, accessOf } from '../../src/auth/access.ts';
import { bootstrapClusterRoles } from '../../src/auth/rbac/bootstrap.ts';
import { parseTarget, type StoredObject } from '../../src/index.ts';
import { admin, object, refusal, startCluster, type TestCluster, userNamed } from '../start-cluster.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const alice = userNamed('alice', 'devs');

/** Gives alice some rules in the namespace `default`. */
async function grant(cluster: TestCluster, name: string, rules: StoredObject[]): Promise<void> {
  await cluster.create(object(rbac, 'Role', name, { rules }));
  const subjects = [{ kind: 'User', name: 'alice' }];
  await cluster.create(object(rbac, 'RoleBinding', name, { roleRef: { kind: 'Role', name }, subjects }));
}

/** Whether alice may send a request. */
function may(cluster: TestCluster, request: string): boolean {
  const [method = '', target = ''] = request.split(' ');
  const { pathname, searchParams } = new URL(target, 'https://server');
  const access = accessOf(method, parseTarget(pathname), searchParams);
  return cluster.access.authorizerOf('root')(alice, access).allowed;
}

test('a role counts in its namespace, for its verbs and resources', async () => {
  const cluster = await startCluster();
  await grant(cluster, 'reader', [{ apiGroups: [''], resources: ['configmaps', '*/status'], verbs: ['get', 'list'] }]);
  const paths = [
    'GET /api/v1/namespaces/default/configmaps',
    'GET /api/v1/namespaces/default/configmaps/a',
    'GET /api/v1/namespaces/default/pods/p/status',
  ];
  expect(paths.filter((path) => !may(cluster, path))).toEqual([]);
  const refused = [
    'GET /api/v1/configmaps',
    'GET /api/v1/namespaces/kube-system/configmaps',
    'GET /api/v1/namespaces/default/configmaps?watch=1',
    'POST /api/v1/namespaces/default/configmaps',
    'GET /api/v1/namespaces/default/secrets/a',
    'GET /apis/apps/v1/namespaces/default/configmaps',
    'GET /api/v1/namespaces/default/pods/p',
  ];
  expect(refused.filter((path) => may(cluster, path))).toEqual([]);
});

test('a list needs no more than the object that its field selector names', async () => {
  const cluster = await startCluster();
  const verbs = ['get', 'list', 'watch'];
  await grant(cluster, 'pull', [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['pull'], verbs }]);
  const base = '/api/v1/namespaces/default/secrets';
  expect(may(cluster, `GET ${base}/pull`)).toBe(true);
  expect(may(cluster, `GET ${base}?fieldSelector=metadata.name%3Dpull`)).toBe(true);
  expect(may(cluster, `GET ${base}?watch=true&fieldSelector=metadata.name%3Dpull`)).toBe(true);
  expect(may(cluster, `GET ${base}`)).toBe(false);
  expect(may(cluster, `GET ${base}?fieldSelector=metadata.name%3Dother`)).toBe(false);
  expect(may(cluster, `GET ${base}?fieldSelector=metadata.name!%3Dpull`)).toBe(false);
});

test('everyone may discover, nobody else may look at other paths', async () => {
  const cluster = await startCluster();
  expect(['/api', '/apis/apps/v1', '/openapi/v3', '/version'].filter((path) => !may(cluster, `GET ${path}`))).toEqual(
    [],
  );
  expect(['/metrics', '/apiz'].filter((path) => may(cluster, `GET ${path}`))).toEqual([]);
});

test('a service account is a subject by its namespace', async () => {
  const cluster = await startCluster();
  await cluster.create(
    object(rbac, 'ClusterRoleBinding', 'sa', {
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'default', name: 'robot' }],
    }),
  );
  const access = {
    isResource: true,
    verb: 'get',
    group: '',
    resource: 'nodes',
    subresource: '',
    namespace: '',
    name: '',
  } as const;
  const decide = (name: string) => cluster.access.authorizerOf('root')(userNamed(name), access);
  expect(decide('system:serviceaccount:default:robot')).toEqual({
    allowed: true,
    reason: 'RBAC: allowed by ClusterRoleBinding "sa" of ClusterRole "cluster-admin" to ServiceAccount "robot/default"',
  });
  expect(decide('system:serviceaccount:other:robot').allowed).toBe(false);
});

test('a binding to a role that is missing is a fault of its users alone', async () => {
  const cluster = await startCluster();
  const subjects = [{ kind: 'User', name: 'alice' }];
  await cluster.create(object(rbac, 'RoleBinding', 'b', { roleRef: { kind: 'Role', name: 'none' }, subjects }));
  const access = accessOf('GET', parseTarget('/api/v1/namespaces/default/pods'), new URLSearchParams());
  expect(cluster.access.authorizerOf('root')(alice, access).reason).toBe(
    'RBAC: role.rbac.authorization.k8s.io "none" not found',
  );
});

test('a refusal names who, what and where, and no markup', () => {
  const access = accessOf('POST', parseTarget('/api/v1/namespaces/n/pods/p/eviction'), new URLSearchParams());
  expect(accessForbidden(userNamed('<b>'), access, '').message).toBe(
    'pods "p" is forbidden: User "&lt;b&gt;" cannot create resource "pods/eviction" in API group "" in the namespace "n"',
  );
  const path = accessOf('GET', parseTarget('/logs'), new URLSearchParams());
  expect(accessForbidden(alice, path, '').message).toBe('forbidden: User "alice" cannot get path "/logs"');
});

test('nobody grants what they do not have', async () => {
  const cluster = await startCluster();
  await grant(cluster, 'manage', [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['*'], verbs: ['create'] }]);
  const rules = [{ apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'list'] }];
  const { message, code } = await refusal(cluster.create(object(rbac, 'Role', 'more', { rules }), alice));
  expect([code, message]).toEqual([
    403,
    'roles.rbac.authorization.k8s.io "more" is forbidden: user "alice" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}\n' +
      '{APIGroups:["apps"], Resources:["pods"], Verbs:["get" "list"]}',
  ]);
  const roleRef = { kind: 'ClusterRole', name: 'cluster-admin' };
  const grab = cluster.create(object(rbac, 'RoleBinding', 'grab', { roleRef }), alice);
  expect((await refusal(grab)).message).toContain('{APIGroups:["*"], Resources:["*"], Verbs:["*"]}');
});

test('the verbs escalate and bind allow it', async () => {
  const cluster = await startCluster();
  const apiGroups = ['rbac.authorization.k8s.io'];
  await grant(cluster, 'manage', [{ apiGroups, resources: ['roles', 'clusterroles'], verbs: ['escalate', 'bind'] }]);
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }];
  await cluster.create(object(rbac, 'Role', 'more', { rules }), alice);
  const roleRef = { kind: 'Role', name: 'more' };
  await cluster.create(
    object(rbac, 'RoleBinding', 'more', { roleRef, subjects: [{ kind: 'User', name: 'alice' }] }),
    alice,
  );
  expect(may(cluster, 'DELETE /api/v1/namespaces/default/pods/p')).toBe(true);
});

test('a role that aggregates gets the rules of those it selects, and loses them again', async () => {
  const cluster = await startCluster();
  const labels = { team: 'true' };
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] };
  await cluster.create(object(rbac, 'ClusterRole', 'all', { aggregationRule }));
  const part = await cluster.create(object(rbac, 'ClusterRole', 'part', { metadata: { labels }, rules }));
  await cluster.controllers.settled();
  expect(cluster.find('ClusterRole', '', 'all')).toMatchObject({ rules });
  await cluster.remove(part);
  await cluster.controllers.settled();
  expect(cluster.find('ClusterRole', '', 'all')).toMatchObject({ rules: [] });
});

test('the role admin has what edit and view have', () => {
  const rulesOf = (name: string) =>
    bootstrapClusterRoles().find((role) => (role['metadata'] as { name: string }).name === name)!['rules'] as unknown[];
  expect(rulesOf('edit')).toEqual(expect.arrayContaining(rulesOf('view')));
  expect(rulesOf('admin')).toEqual(expect.arrayContaining(rulesOf('edit')));
  expect(rulesOf('view').length).toBeGreaterThan(3);
});

test('reviews answer for the user of the request and for others', async () => {
  const cluster = await startCluster();
  await grant(cluster, 'reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]);
  const kind = (name: string) => ({ apiVersion: 'authorization.k8s.io/v1', kind: name });
  const resourceAttributes = { namespace: 'default', verb: 'get', resource: 'pods' };
  const self = { ...kind('SelfSubjectAccessReview'), spec: { resourceAttributes } };
  const asked = async (path: string, body: StoredObject, user = alice) =>
    (await cluster.call(path, { namespace: 'default' }, body, user)).object['status'];
  expect(await asked('selfsubjectaccessreviews', self)).toMatchObject({ allowed: true });
  expect(await asked('selfsubjectaccessreviews', self, userNamed('bob'))).toEqual({ allowed: false });
  const other = { ...kind('SubjectAccessReview'), spec: { user: 'alice', resourceAttributes } };
  expect(await asked('subjectaccessreviews', other, admin)).toMatchObject({ allowed: true });
  const rules = { ...kind('SelfSubjectRulesReview'), spec: { namespace: 'default' } };
  expect(await asked('selfsubjectrulesreviews', rules)).toMatchObject({
    resourceRules: expect.arrayContaining([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]),
    incomplete: false,
  });
});

test('a review asks one thing', async () => {
  const cluster = await startCluster();
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {} };
  expect((await refusal(cluster.call('selfsubjectaccessreviews', {}, body))).message).toBe(
    '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  );
});
