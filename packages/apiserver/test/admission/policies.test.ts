import { expect, test } from 'vitest';
import type { StoredObject } from '../../src/index.ts';
import { admin, faultsOf, object, refusal, startCluster, type TestCluster, userNamed } from '../start-cluster.ts';

const api = 'admissionregistration.k8s.io/v1';
const configMaps = {
  resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] }],
};

/** Makes a policy for config maps and binds it. */
async function bind(
  { create }: TestCluster,
  spec: StoredObject,
  binding: StoredObject = { validationActions: ['Deny'] },
): Promise<void> {
  await create(object(api, 'ValidatingAdmissionPolicy', 'p', { spec: { matchConstraints: configMaps, ...spec } }));
  await create(object(api, 'ValidatingAdmissionPolicyBinding', 'b', { spec: { policyName: 'p', ...binding } }));
}

const configMap = (name: string, more: StoredObject = {}) => object('v1', 'ConfigMap', name, more);
const denied = "ValidatingAdmissionPolicy 'p' with binding 'b' denied request:";

test('a denial is an Invalid with a cause, without which kubectl would hide it', async () => {
  const cluster = await startCluster();
  await bind(cluster, { validations: [{ expression: "object.metadata.name.startsWith('ok')" }] });
  await cluster.create(configMap('ok'));
  const message = `${denied} failed expression: object.metadata.name.startsWith('ok')`;
  expect(await refusal(cluster.create(configMap('bad')))).toMatchObject({
    code: 422,
    reason: 'Invalid',
    message: `configmaps "bad" is forbidden: ${message}`,
    details: { name: 'bad', kind: 'configmaps', causes: [{ message }] },
  });
});

test('the message expression is said where it gives one line, else the message', async () => {
  const cluster = await startCluster();
  const validations = [
    {
      expression: 'size(object.data) < 2',
      message: 'too many',
      messageExpression: "size(object.data) > 2 ? 'a\\nb' : string(size(object.data)) + ' keys'",
      reason: 'Forbidden',
    },
  ];
  await bind(cluster, { validations });
  const two = await refusal(cluster.create(configMap('c', { data: { a: '', b: '' } })));
  expect([two.code, two.message]).toEqual([403, `configmaps "c" is forbidden: ${denied} 2 keys`]);
  const three = await refusal(cluster.create(configMap('c', { data: { a: '', b: '', c: '' } })));
  expect(three.message).toContain('too many');
});

test('variables are computed when they are read, once, from earlier ones', async () => {
  const cluster = await startCluster();
  await bind(cluster, {
    variables: [
      { name: 'keys', expression: 'object.data.map(k, k)' },
      { name: 'count', expression: 'size(variables.keys)' },
      { name: 'broken', expression: 'object.none.there' },
    ],
    validations: [{ expression: "variables.count == 1 || variables.broken == 'x'" }],
  });
  await cluster.create(configMap('one', { data: { a: '' } }));
  const { message } = await refusal(cluster.create(configMap('two', { data: { a: '', b: '' } })));
  expect(message).toContain('resulted in error: no such key: none');
});

test('a failure denies, unless failures are ignored', async () => {
  const cluster = await startCluster();
  const validations = [{ expression: "object.metadata.labels['a'] == 'b'" }];
  await bind(cluster, { validations });
  expect((await refusal(cluster.create(configMap('c')))).message).toContain(
    `${denied} expression 'object.metadata.labels['a'] == 'b'' resulted in error: no such key: labels`,
  );
  await cluster.update(object(api, 'ValidatingAdmissionPolicy', 'p'), (old) => ({
    ...old,
    spec: { ...(old['spec'] as object), failurePolicy: 'Ignore' },
  }));
  await cluster.create(configMap('c'));
});

test('one condition that is false keeps a policy out, whatever else fails', async () => {
  const cluster = await startCluster();
  await bind(cluster, {
    matchConditions: [
      { name: 'broken', expression: "object.metadata.labels['a'] == 'b'" },
      { name: 'not-me', expression: "request.userInfo.username != 'admin'" },
    ],
    validations: [{ expression: 'false' }],
  });
  await cluster.create(configMap('c'));
});

test('a policy may ask what the user may do', async () => {
  const cluster = await startCluster();
  const rule = "authorizer.group('').resource('secrets').namespace('default').check('get').allowed()";
  await bind(cluster, { validations: [{ expression: rule }] });
  await cluster.create(configMap('a'), admin);
  expect(await refusal(cluster.create(configMap('b'), userNamed('alice')))).toMatchObject({ code: 422 });
});

test('parameters are the objects that the binding names', async () => {
  const cluster = await startCluster();
  const paramRef = { name: 'allowed', parameterNotFoundAction: 'Deny' };
  const limit = configMap('allowed', { metadata: { namespace: 'kube-system' }, data: { most: '1' } });
  await cluster.create(limit);
  await bind(
    cluster,
    {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [{ expression: '!has(object.data) || size(object.data) <= int(params.data.most)' }],
    },
    { paramRef: { ...paramRef, namespace: 'kube-system' }, validationActions: ['Deny'] },
  );
  await cluster.create(configMap('one', { data: { a: '' } }));
  expect(await refusal(cluster.create(configMap('two', { data: { a: '', b: '' } })))).toMatchObject({ code: 422 });
});

test('a binding without its parameters denies everything', async () => {
  const cluster = await startCluster();
  await bind(
    cluster,
    { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' }, validations: [{ expression: 'true' }] },
    { paramRef: { name: 'none', parameterNotFoundAction: 'Deny' }, validationActions: ['Deny'] },
  );
  expect((await refusal(cluster.create(configMap('c')))).message).toContain(
    `${denied} failed to configure binding: no params found for policy binding with \`Deny\` parameterNotFoundAction`,
  );
});

test('a warning lets the write pass', async () => {
  const cluster = await startCluster();
  const validations = [{ expression: 'false', message: 'just saying' }];
  await bind(cluster, { validations }, { validationActions: ['Warn', 'Audit'] });
  await cluster.create(configMap('c'));
  expect(cluster.warnings).toEqual([
    "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': just saying",
  ]);
});

test('selectors and rules say what a policy applies to', async () => {
  const cluster = await startCluster();
  const matchResources = {
    objectSelector: { matchLabels: { strict: 'yes' } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } },
    excludeResourceRules: [
      { apiGroups: [''], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'], resourceNames: ['spared'] },
    ],
  };
  await bind(cluster, { validations: [{ expression: 'false' }] }, { matchResources, validationActions: ['Deny'] });
  const metadata = { labels: { strict: 'yes' } };
  await cluster.create(configMap('loose'));
  await cluster.create(configMap('spared', { metadata }));
  await cluster.create(configMap('away', { metadata: { ...metadata, namespace: 'kube-system' } }));
  await cluster.create(object('v1', 'Secret', 'other', { metadata }));
  expect(await refusal(cluster.create(configMap('strict', { metadata })))).toMatchObject({ code: 422 });
});

test('deletions have an old object and no new one', async () => {
  const cluster = await startCluster();
  const made = await cluster.create(configMap('kept', { data: { keep: 'yes' } }));
  const expression = "request.operation != 'DELETE' || (object == null && oldObject.data.keep != 'yes')";
  await bind(cluster, { validations: [{ expression, message: 'kept' }] });
  expect((await refusal(cluster.remove(made))).message).toContain('kept');
});

test('an expression that gives no truth, or is none, is refused with the policy', async () => {
  const { create } = await startCluster();
  const validations = [
    { expression: "'text'" },
    { expression: 'object.' },
    { expression: 'nothing == 1' },
    { expression: 'true', messageExpression: '1' },
  ];
  const spec = { matchConstraints: configMaps, validations };
  const faults = await faultsOf(create(object(api, 'ValidatingAdmissionPolicy', 'p', { spec })));
  expect(faults).toEqual([
    'spec.validations[0].expression: Invalid value: "\'text\'": must evaluate to bool but got string',
    expect.stringContaining('spec.validations[1].expression: Invalid value: "object.": compilation failed: ERROR:'),
    expect.stringContaining(
      'spec.validations[2].expression: Invalid value: "nothing == 1": compilation failed: ERROR:',
    ),
    'spec.validations[3].messageExpression: Invalid value: "1": must evaluate to string but got int',
  ]);
});
