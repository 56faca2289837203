import { expect, test } from 'vitest';
import { authenticate, userOfBearer } from '../../src/auth/authenticate.ts';
import { issueToken, revokeToken } from '../../src/auth/bearer-tokens.ts';
import { impersonated } from '../../src/auth/impersonate.ts';
import {
  createServiceAccountKey,
  readServiceAccountKey,
  signClaims,
  verifyClaims,
} from '../../src/auth/service-account-key.ts';
import type { StoredObject } from '../../src/index.ts';
import { admin, object, refusal, startCluster, type TestCluster, userNamed } from '../start-cluster.ts';

/** Who a token stands for, by name; undefined for nobody. */
function nameOf({ authentication }: TestCluster, token: string, cluster = 'root'): string | undefined {
  return userOfBearer(authentication, cluster, token)?.user.name;
}

async function tokenOf(cluster: TestCluster, spec: StoredObject = {}): Promise<string> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
  const { object: answer } = await cluster.call('serviceaccounts/token', { namespace: 'default', name: 'robot' }, body);
  return (answer['status'] as { token: string }).token;
}

async function withRobot(): Promise<TestCluster> {
  const cluster = await startCluster();
  await cluster.create(object('v1', 'ServiceAccount', 'robot'));
  return cluster;
}

test('an issued token is good in its own cluster until it is revoked, and is not kept', async () => {
  const cluster = await startCluster();
  const token = await issueToken(cluster.store, 'root', { name: 'bob', groups: [] });
  expect(authenticate(cluster.authentication, 'root', { authorization: `Bearer ${token}` })).toEqual({
    name: 'bob',
    groups: ['system:authenticated'],
  });
  expect(nameOf(cluster, token, 'other')).toBeUndefined();
  const stored = cluster.store.list('root/-/bearertokens').map(({ key, bytes }) => key + bytes.toString());
  expect(stored.join()).not.toContain(token);
  await revokeToken(cluster.store, 'root', token);
  expect(nameOf(cluster, token)).toBeUndefined();
});

test('the subject of a client certificate is a user with groups', async () => {
  const { authentication } = await startCluster();
  const certificate = { commonName: 'carol', organizations: ['ops'] };
  expect(authenticate(authentication, 'root', { certificate })).toEqual({
    name: 'carol',
    groups: ['ops', 'system:authenticated'],
  });
});

test.each([undefined, '', 'Bearer', 'Bearer wrong', 'Basic YWRtaW46YWRtaW4=', 'Bearer a.b.c'])(
  'nobody is anonymous: %s is unauthorized',
  async (authorization) => {
    const { authentication } = await startCluster();
    const asked = async () => authenticate(authentication, 'root', { authorization });
    expect(await refusal(asked())).toMatchObject({ code: 401, message: 'Unauthorized' });
  },
);

test('the token of a service account stands for it until it expires or the account is gone', async () => {
  const cluster = await withRobot();
  const token = await tokenOf(cluster);
  expect(userOfBearer(cluster.authentication, 'root', token)?.user).toMatchObject({
    name: 'system:serviceaccount:default:robot',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=/)] },
  });
  expect(nameOf(cluster, token, 'other')).toBeUndefined();
  cluster.clock.ahead = 3601 * 1000;
  expect(nameOf(cluster, token)).toBeUndefined();
  const later = await tokenOf(cluster);
  await cluster.remove(object('v1', 'ServiceAccount', 'robot'));
  await cluster.create(object('v1', 'ServiceAccount', 'robot'));
  expect(nameOf(cluster, later)).toBeUndefined();
});

test('a token for another audience is none for the API', async () => {
  const cluster = await withRobot();
  const token = await tokenOf(cluster, { audiences: ['vault'] });
  expect(nameOf(cluster, token)).toBeUndefined();
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token, audiences: ['vault'] } };
  const { object: review } = await cluster.call('tokenreviews', {}, body);
  expect(review['status']).toMatchObject({ authenticated: true, audiences: ['vault'] });
});

test('a token that is bound to a pod knows its node and dies with it', async () => {
  const cluster = await withRobot();
  await cluster.create(object('v1', 'Node', 'n1'));
  const spec = { serviceAccountName: 'robot', nodeName: 'n1', containers: [{ name: 'a', image: 'b' }] };
  const pod = await cluster.create(object('v1', 'Pod', 'p', { spec }));
  const token = await tokenOf(cluster, { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' } });
  expect(userOfBearer(cluster.authentication, 'root', token)?.user.extra).toMatchObject({
    'authentication.kubernetes.io/node-name': ['n1'],
    'authentication.kubernetes.io/pod-name': ['p'],
  });
  await cluster.remove(pod, { gracePeriodSeconds: 0 });
  expect(nameOf(cluster, token)).toBeUndefined();
});

test('a token request says what it may not ask for', async () => {
  const cluster = await withRobot();
  expect((await refusal(tokenOf(cluster, { expirationSeconds: 1 }))).message).toContain(
    'spec.expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes',
  );
  const boundObjectRef = { apiVersion: 'v1', kind: 'Foo', name: 'x' };
  expect((await refusal(tokenOf(cluster, { boundObjectRef }))).message).toBe(
    'cannot bind token to object of type /v1, Kind=Foo',
  );
});

test('a signature by another key, or of no kind, is none', () => {
  const key = readServiceAccountKey(createServiceAccountKey());
  const token = signClaims(key, { a: 1 });
  expect(verifyClaims(key, token)).toEqual({ a: 1 });
  expect(verifyClaims(readServiceAccountKey(createServiceAccountKey()), token)).toBeUndefined();
  const [, body, signature] = token.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid: key.id })).toString('base64url');
  expect(verifyClaims(key, `${none}.${body}.`)).toBeUndefined();
  const changed = Buffer.from('{"a":2}').toString('base64url');
  expect(verifyClaims(key, `${token.split('.')[0]}.${changed}.${signature}`)).toBeUndefined();
});

const access = {
  isResource: true,
  verb: 'list',
  group: '',
  resource: 'nodes',
  subresource: '',
  namespace: '',
  name: '',
} as const;

test('who may impersonate acts as the user and groups that they name', async () => {
  const cluster = await startCluster();
  const as = (headers: Record<string, string>) =>
    impersonated(admin, headers, access, cluster.access.authorizerOf('root'));
  expect(as({})).toBe(admin);
  expect(as({ 'impersonate-user': 'bob', 'impersonate-group': 'a, b' })).toMatchObject({
    name: 'bob',
    groups: ['a', 'b', 'system:authenticated'],
  });
  expect(as({ 'impersonate-user': 'system:serviceaccount:n:s' }).groups).toEqual([
    'system:serviceaccounts',
    'system:serviceaccounts:n',
    'system:authenticated',
  ]);
  expect(as({ 'impersonate-user': 'bob', 'impersonate-extra-a%2fb': 'c' }).extra).toEqual({ 'a/b': ['c'] });
});

test('who may not impersonate every part is refused', async () => {
  const cluster = await startCluster();
  const rules = [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }];
  await cluster.create(object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'imp', { rules }));
  const roleRef = { kind: 'ClusterRole', name: 'imp' };
  const subjects = [{ kind: 'User', name: 'alice' }];
  await cluster.create(object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'imp', { roleRef, subjects }));
  const as = async (headers: Record<string, string>) =>
    impersonated(userNamed('alice'), headers, access, cluster.access.authorizerOf('root'));
  expect((await as({ 'impersonate-user': 'bob' })).name).toBe('bob');
  const masters = { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' };
  expect(await refusal(as(masters))).toMatchObject({ code: 403 });
  expect(await refusal(as({ 'impersonate-group': 'g' }))).toMatchObject({
    code: 400,
    message:
      'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"g"}, Extra:map[string][]string(nil)} without impersonating a user name',
  });
});
