import { del, get, mergePatch, post, type Script, type Step, type StepOptions } from '../script.ts';
import { configMap, configMaps, digestMirrorSet, digestMirrorSets, mirrorRule } from './objects.ts';

const api = '/apis/admissionregistration.k8s.io/v1';
const version = { apiVersion: 'admissionregistration.k8s.io/v1' };
const rules = (resource: string, group = '', operations = ['CREATE', 'UPDATE']): object => ({
  matchConstraints: { resourceRules: [{ apiGroups: [group], apiVersions: ['*'], operations, resources: [resource] }] },
});
const policy = (name: string, spec: object, options: StepOptions = {}): Step => {
  const body = { ...version, kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec };
  return post(`${api}/validatingadmissionpolicies`, body, options);
};
const bind = (policyName: string, spec: object = {}): Step =>
  post(`${api}/validatingadmissionpolicybindings`, {
    ...version,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: policyName },
    spec: {
      policyName,
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'policies' } } },
      ...spec,
    },
  });
// A policy acts some time after it was made: the real server reads policies from a cache.
const untilDenied = (body: object, path = `${configMaps}?dryRun=All`): Step => ({
  ...post(path, body),
  until: (status) => status >= 400,
});
const remove = (name: string): readonly Step[] => [
  del(`${api}/validatingadmissionpolicybindings/${name}`),
  del(`${api}/validatingadmissionpolicies/${name}`),
];
const untilAllowed = (body: object, path = `${configMaps}?dryRun=All`): Step => ({
  ...post(path, body),
  until: (status) => status === 201,
});
const uncompiled: readonly [string, object][] = [
  ['syntax', { ...rules('configmaps'), validations: [{ expression: 'object.' }] }],
  ['unknown', { ...rules('configmaps'), validations: [{ expression: 'nothing.here' }] }],
];
const badPolicies: readonly [string, object][] = [
  ['empty', {}],
  ['no-rules', { validations: [{ expression: 'true' }] }],
  ['type', { ...rules('configmaps'), validations: [{ expression: '"text"' }] }],
  ['reason', { ...rules('configmaps'), validations: [{ expression: 'true', reason: 'Because' }] }],
  ['message', { ...rules('configmaps'), validations: [{ expression: 'true', message: ' ' }] }],
  ['failure', { ...rules('configmaps'), failurePolicy: 'Maybe', validations: [{ expression: 'true' }] }],
  [
    'variable',
    { ...rules('configmaps'), variables: [{ name: '1x', expression: 'true' }], validations: [{ expression: 'true' }] },
  ],
  [
    'condition',
    { ...rules('configmaps'), matchConditions: [{ name: '', expression: '1' }], validations: [{ expression: 'true' }] },
  ],
  ['operations', { ...rules('configmaps', '', ['SHOUT']), validations: [{ expression: 'true' }] }],
  ['annotations', { ...rules('configmaps'), auditAnnotations: [{ key: 'bad key', valueExpression: '1' }] }],
];

/** ValidatingAdmissionPolicies: their own validation, and what they deny. */
export const policies: Script = {
  topic: 'policies',
  steps: [
    ...badPolicies.map(([name, spec]) => policy(`policies-${name}`, spec)),
    ...uncompiled.map(([name, spec]) => policy(`policies-${name}`, spec, { difference: 'cel' })),
    bind('policies-bad', { validationActions: [] }),
    bind('policies-bad', { validationActions: ['Deny', 'Warn'] }),
    bind('policies-bad', { policyName: '', validationActions: ['Shout'] }),
    policy('policies-plain', {
      ...rules('configmaps'),
      validations: [{ expression: "!has(object.data) || !('bad' in object.data)" }],
    }),
    bind('policies-plain'),
    untilDenied(configMap('p', { bad: '1' })),
    post(`${configMaps}?dryRun=All`, configMap('p', { good: '1' })),
    get(`${api}/validatingadmissionpolicies/policies-plain`, {
      until: (_, body) =>
        body?.status?.observedGeneration === 1 ||
        body?.status === undefined ||
        body?.status?.observedGeneration === undefined,
      select: (body) => body.spec,
    }),
    get(`${api}/validatingadmissionpolicybindings/policies-plain`),
    mergePatch(
      `${api}/validatingadmissionpolicies/policies-plain`,
      { spec: { failurePolicy: 'Ignore' } },
      { select: (body) => body.spec },
    ),
    ...remove('policies-plain'),
    untilAllowed(configMap('p', { bad: '1' })),

    policy('policies-message', {
      ...rules('configmaps'),
      variables: [{ name: 'count', expression: 'has(object.data) ? object.data.size() : 0' }],
      matchConditions: [{ name: 'only-many', expression: "object.metadata.name.startsWith('many')" }],
      validations: [
        {
          expression: 'variables.count < 2',
          message: 'too many',
          messageExpression: "'too many keys: ' + string(variables.count)",
          reason: 'Forbidden',
        },
        {
          expression: "!has(object.metadata.labels) || !('x' in object.metadata.labels)",
          message: 'label x is not welcome',
        },
      ],
    }),
    bind('policies-message'),
    untilDenied(configMap('many', { a: '1', b: '2' })),
    post(`${configMaps}?dryRun=All`, configMap('many', { a: '1', b: '2' }, { labels: { x: 'y' } })),
    post(`${configMaps}?dryRun=All`, configMap('many', {}, { labels: { x: 'y' } })),
    post(`${configMaps}?dryRun=All`, configMap('few', { a: '1', b: '2' })),
    ...remove('policies-message'),

    policy('policies-error', {
      ...rules('configmaps'),
      validations: [{ expression: "object.metadata.labels['none'] == 'x'" }],
    }),
    bind('policies-error'),
    untilDenied(configMap('e')),
    untilDenied(configMap('e', {}, { labels: { a: 'b' } })),
    ...remove('policies-error'),
    untilAllowed(configMap('e')),

    policy('policies-params', {
      ...rules('configmaps'),
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [
        {
          expression: '!has(object.data) || object.data.all(k, k in params.data)',
          messageExpression: "'only the ' + string(params.data.size()) + ' keys of ' + params.metadata.name",
        },
      ],
    }),
    post(configMaps, configMap('allowed', { a: 'x', b: 'x' })),
    bind('policies-params', { paramRef: { name: 'allowed', namespace: 'policies', parameterNotFoundAction: 'Deny' } }),
    untilDenied(configMap('q', { c: '1' })),
    post(`${configMaps}?dryRun=All`, configMap('q', { a: '1' })),
    ...remove('policies-params'),
    untilAllowed(configMap('q', { c: '1' })),

    policy('policies-user', {
      ...rules('configmaps', '', ['DELETE', 'UPDATE']),
      validations: [
        {
          expression: "request.userInfo.username != 'admin' || request.operation == 'UPDATE'",
          message: 'admins do not delete',
        },
      ],
    }),
    bind('policies-user'),
    { ...del(`${configMaps}/allowed?dryRun=All`), until: (status) => status >= 400 },
    mergePatch(`${configMaps}/allowed`, { data: { c: 'x' } }),
    ...remove('policies-user'),

    policy('policies-mirrors', {
      ...rules('imagedigestmirrorsets', 'config.openshift.io'),
      validations: [
        {
          expression:
            "object.spec.imageDigestMirrors.all(r, !has(r.mirrors) || r.mirrors.all(m, m.startsWith('mirror.example.com')))",
          message: 'mirrors must be ours',
        },
      ],
    }),
    bind('policies-mirrors', { matchResources: undefined }),
    untilDenied(
      digestMirrorSet('policies-a', [mirrorRule('a.example.com', 'elsewhere.example.com')]),
      `${digestMirrorSets}?dryRun=All`,
    ),
    post(
      `${digestMirrorSets}?dryRun=All`,
      digestMirrorSet('policies-a', [mirrorRule('a.example.com', 'mirror.example.com/a')]),
    ),
    ...remove('policies-mirrors'),

    policy('policies-warn', { ...rules('configmaps'), validations: [{ expression: 'false', message: 'just saying' }] }),
    bind('policies-warn', { validationActions: ['Warn', 'Audit'] }),
    post(`${configMaps}?dryRun=All`, configMap('w'), { until: (_, __, headers) => 'warning' in headers }),
    ...remove('policies-warn'),
  ],
};
