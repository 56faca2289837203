import { expect, test } from 'vitest';
import { builtinResources } from '../../src/builtin/index.ts';
import { metadataOf } from '../../src/rest/metadata.ts';
import { faultsOf, object, refusal, startCluster } from '../start-cluster.ts';

const spec = { containers: [{ name: 'main', image: 'registry.example.com/app:v1' }] };
const pod = (name: string, more: object = {}) => object('v1', 'Pod', name, { spec: { ...spec, ...more } });

test('every kind has a schema that describes its metadata', () => {
  for (const { kind, schema } of builtinResources()) {
    expect(schema.properties?.['metadata']?.properties?.['finalizers'], kind).toMatchObject({ listType: 'set' });
  }
});

test('texts of a secret become its data', async () => {
  const { create } = await startCluster();
  const secret = await create(object('v1', 'Secret', 's', { data: { a: 'eA==' }, stringData: { a: 'y', b: 'z' } }));
  expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'eQ==', b: 'eg==' } });
  expect(secret).not.toHaveProperty('stringData');
});

test('a pull secret must hold JSON, which no message repeats', async () => {
  const { create } = await startCluster();
  const type = 'kubernetes.io/dockerconfigjson';
  const faults = await faultsOf(
    create(object('v1', 'Secret', 's', { type, stringData: { '.dockerconfigjson': 'hunter2' } })),
  );
  expect(faults).toEqual([
    `data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'h' looking for beginning of value`,
  ]);
});

test('an immutable config map stays as it is', async () => {
  const { create, update } = await startCluster();
  const made = await create(object('v1', 'ConfigMap', 'c', { data: { a: '1' }, immutable: true }));
  expect(await faultsOf(update(made, (old) => ({ ...old, immutable: false, data: {} })))).toEqual([
    'immutable: Forbidden: field is immutable when `immutable` is set',
    'data: Forbidden: field is immutable when `immutable` is set',
  ]);
});

test('a config map holds at most a mebibyte', async () => {
  const { create } = await startCluster();
  const data = { a: 'x'.repeat(1024 * 1024 + 1) };
  const { message } = await refusal(create(object('v1', 'ConfigMap', 'c', { data })));
  expect(message).toContain('Too long: may not be more than 1048576 bytes');
});

test('a pod gets the defaults of the real server and nobody owns what plug-ins add', async () => {
  const { create } = await startCluster();
  const made = await create(pod('p'));
  expect(made).toMatchObject({
    metadata: { generation: 1 },
    spec: {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      priority: 0,
      terminationGracePeriodSeconds: 30,
      tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
      containers: [{ imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'File', resources: {} }],
    },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  });
  const owned = JSON.stringify(metadataOf(made).managedFields);
  expect(owned).toContain('f:dnsPolicy');
  expect(owned).not.toContain('f:tolerations');
});

test('a pod says all that is wrong with it', async () => {
  const { create } = await startCluster();
  const containers = [
    { name: 'A', image: '' },
    { name: 'b', image: 'i', imagePullPolicy: 'No', volumeMounts: [{ name: 'none', mountPath: '/a' }] },
    { name: 'b', image: 'i', resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
  ];
  const faults = await faultsOf(create(object('v1', 'Pod', 'p', { spec: { containers, restartPolicy: 'Odd' } })));
  expect(faults.map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
    'spec.containers[0].name',
    'spec.containers[0].image',
    'spec.containers[1].volumeMounts[0].name',
    'spec.containers[1].imagePullPolicy',
    'spec.containers[2].resources.requests',
    'spec.containers[2].name',
    'spec.restartPolicy',
  ]);
});

test('little of the spec of a pod can change', async () => {
  const { create, update } = await startCluster();
  const made = await create(pod('p'));
  const changed = (change: object) =>
    update(made, (old) => ({ ...old, spec: { ...(old['spec'] as object), ...change } }));
  expect((await changed({ activeDeadlineSeconds: 5 }))['spec']).toMatchObject({ activeDeadlineSeconds: 5 });
  expect((await refusal(changed({ nodeName: 'n' }))).message).toContain('pod updates may not change fields other than');
});

test('the status of a pod is written by its subresource alone', async () => {
  const { create, update } = await startCluster();
  const made = await create(object('v1', 'Pod', 'p', { spec, status: { phase: 'Failed' } }));
  expect(made['status']).toMatchObject({ phase: 'Pending' });
  const ignored = await update(made, (old) => ({ ...old, status: { phase: 'Failed' } }));
  expect(ignored['status']).toMatchObject({ phase: 'Pending' });
  const written = await update(made, (old) => ({ ...old, spec: {}, status: { phase: 'Failed' } }), 'status');
  expect(written).toMatchObject({ spec: { containers: [{ name: 'main' }] }, status: { phase: 'Failed' } });
});

test('a binding gives a pod its node once', async () => {
  const { create, call, find } = await startCluster();
  await create(pod('p'));
  const binding = object('v1', 'Binding', 'p', { target: { kind: 'Node', name: 'n1' } });
  const where = { namespace: 'default', name: 'p' };
  expect(await call('pods/binding', where, binding)).toMatchObject({ status: 201, object: { status: 'Success' } });
  expect(find('Pod', 'default', 'p')).toMatchObject({ metadata: { generation: 1 }, spec: { nodeName: 'n1' } });
  expect((await refusal(call('pods/binding', where, binding))).message).toBe(
    'Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n1"',
  );
});

test('a pod on a node has time to end, one without goes at once', async () => {
  const { create, remove, find } = await startCluster();
  const waiting = await create(pod('waiting'));
  const placed = await create(pod('placed', { nodeName: 'n1', terminationGracePeriodSeconds: 7 }));
  expect((await remove(waiting)).gone).toBe(true);
  const { gone, object: going } = await remove(placed);
  expect(gone).toBe(false);
  expect(metadataOf(going)).toMatchObject({ deletionGracePeriodSeconds: 7, deletionTimestamp: '2026-01-02T03:04:12Z' });
  expect((await remove(placed, { gracePeriodSeconds: 0 })).gone).toBe(true);
  expect(find('Pod', 'default', 'placed')).toBeUndefined();
});

test('a new node takes no pods until it is ready', async () => {
  const { create } = await startCluster();
  const node = await create(object('v1', 'Node', 'n', { status: { capacity: { cpu: '4' } } }));
  expect(node).toMatchObject({
    spec: { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] },
    status: { capacity: { cpu: '4' }, allocatable: { cpu: '4' } },
  });
});

test('a daemon set counts changes of its template', async () => {
  const { create, update } = await startCluster();
  const template = { metadata: { labels: { a: 'b' } }, spec };
  const made = await create(
    object('apps/v1', 'DaemonSet', 'd', { spec: { selector: { matchLabels: { a: 'b' } }, template } }),
  );
  const annotation = 'deprecated.daemonset.template.generation';
  expect(metadataOf(made)).toMatchObject({ generation: 1, annotations: { [annotation]: '1' } });
  const changed = await update(made, (old) => ({
    ...old,
    spec: { ...(old['spec'] as object), template: { ...template, spec: { ...spec, hostNetwork: true } } },
  }));
  expect(metadataOf(changed)).toMatchObject({ generation: 2, annotations: { [annotation]: '2' } });
});

test('what a binding refers to is for good', async () => {
  const { create, update } = await startCluster();
  const roleRef = { kind: 'ClusterRole', name: 'view' };
  const made = await create(object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'b', { roleRef }));
  expect(made['roleRef']).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' });
  const faults = await faultsOf(update(made, (old) => ({ ...old, roleRef: { ...roleRef, name: 'edit' } })));
  expect(faults[0]).toContain('roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io"');
});

test('an event of events.k8s.io is one of the core group in another shape', async () => {
  const { create, find } = await startCluster();
  const event = {
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'example.com/c',
    reportingInstance: 'i',
    action: 'A',
    reason: 'R',
    type: 'Normal',
    regarding: { kind: 'Pod', name: 'p', namespace: 'default' },
    note: 'text',
  };
  const made = await create(object('events.k8s.io/v1', 'Event', 'e', event));
  expect(made).toMatchObject({ apiVersion: 'events.k8s.io/v1', note: 'text', regarding: { name: 'p' } });
  expect(find('Event', 'default', 'e')).toMatchObject({
    apiVersion: 'v1',
    message: 'text',
    involvedObject: { name: 'p' },
    reportingComponent: 'example.com/c',
  });
});

test('kinds and their main fields are described', () => {
  const described = builtinResources().map(({ kind, schema }) => [kind, schema.description] as const);
  expect(described.filter(([, description]) => !description?.endsWith('.'))).toEqual([]);
  const pod = builtinResources().find(({ kind }) => kind === 'Pod')!.schema;
  expect(pod.properties?.['spec']?.properties?.['containers']?.description).toBe('Containers that run together.');
});
