import { apply, del, get, mergePatch, post, put, type Script } from '../script.ts';

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const group = 'definitions.example.com';
const things = `/apis/${group}/v1/namespaces/{{ns}}/things`;
const widgets = `/apis/${group}/v1/widgets`;

const definition = (
  plural: string,
  kind: string,
  schema: unknown,
  spec: object = {},
  version: object = {},
): object => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural, kind },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
    ...spec,
  },
});

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 9 },
        color: { type: 'string', default: 'red', enum: ['red', 'green'] },
        pattern: { type: 'string', pattern: '^[a-z]+$', maxLength: 5, minLength: 2 },
        port: { 'x-kubernetes-int-or-string': true },
        ratio: { type: 'number', multipleOf: 0.5, exclusiveMinimum: true, minimum: 0 },
        when: { type: 'string', format: 'date-time' },
        data: { type: 'string', format: 'byte' },
        anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        map: { type: 'object', additionalProperties: { type: 'integer' }, maxProperties: 2 },
        list: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3, 'x-kubernetes-list-type': 'set' },
        keyed: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, value: { type: 'string', default: 'd' } },
          },
        },
        nothing: { type: 'string', nullable: true },
        either: {
          type: 'object',
          properties: { a: { type: 'string' }, b: { type: 'string' } },
          oneOf: [{ required: ['a'] }, { required: ['b'] }],
        },
        fixed: {
          type: 'string',
          'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'fixed is immutable' }],
        },
        low: { type: 'integer' },
        high: { type: 'integer' },
      },
      'x-kubernetes-validations': [
        {
          rule: '!has(self.low) || !has(self.high) || self.low <= self.high',
          message: 'low must not be above high',
          reason: 'FieldValueForbidden',
          fieldPath: '.low',
        },
        {
          rule: '!has(self.pattern) || self.pattern != "never"',
          messageExpression: '"pattern must not be " + self.pattern',
        },
        { rule: '!has(self.size) || self.size != 8' },
      ],
    },
    status: { type: 'object', properties: { ready: { type: 'boolean' } } },
  },
};
const columns = [
  { name: 'Size', type: 'integer', jsonPath: '.spec.size', description: 'how big' },
  { name: 'Color', type: 'string', jsonPath: '.spec.color', priority: 1 },
  { name: 'Value', type: 'string', jsonPath: '.spec.keyed[?(@.name=="x")].value' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];
const thing = (spec: unknown, name = 'a'): object => ({
  apiVersion: `${group}/v1`,
  kind: 'Thing',
  metadata: { name },
  spec,
});
const isEstablished = (_: number, body: any): boolean =>
  body?.status?.conditions?.some((condition: any) => condition.type === 'Established' && condition.status === 'True') ??
  false;
const dry = '?dryRun=All';
const bad = (openAPIV3Schema: unknown): object => definition('bads', 'Bad', openAPIV3Schema);
const inSpec = (spec: unknown): object => bad({ type: 'object', properties: { spec } });
const withRule = (rule: object, more: object = {}): object =>
  inSpec({ type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-validations': [rule], ...more });

const badDefinitions: readonly object[] = [
  bad(undefined),
  bad({}),
  bad({ type: 'array' }),
  bad({ type: 'object', properties: { a: {} } }),
  bad({ type: 'object', properties: { a: { type: 'shape' } } }),
  bad({ type: 'object', properties: { a: { type: 'array' } } }),
  bad({ type: 'object', properties: { a: { type: 'string', $ref: '#/x' } } }),
  bad({ type: 'object', properties: { a: { type: 'object', properties: {}, additionalProperties: true } } }),
  bad({ type: 'object', additionalProperties: { type: 'string' } }),
  bad({ type: 'object', properties: { a: { type: 'string', default: 5 } } }),
  bad({
    type: 'object',
    properties: { a: { type: 'object', default: { b: 1 }, properties: { c: { type: 'string' } } } },
  }),
  bad({ type: 'object', properties: { a: { type: 'string', pattern: '(' } } }),
  bad({ type: 'object', properties: { a: { type: 'string', enum: ['x', 'x'] } } }),
  bad({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' } },
  }),
  bad({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'heap' } },
  }),
  bad({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'set' } },
  }),
  bad({ type: 'object', properties: { a: { type: 'object', 'x-kubernetes-map-type': 'loose' } } }),
  bad({ type: 'object', properties: { a: { 'x-kubernetes-int-or-string': true, type: 'string' } } }),
  bad({ type: 'object', properties: { a: { 'x-kubernetes-preserve-unknown-fields': false, type: 'object' } } }),
  bad({ type: 'object', properties: { a: { type: 'object', 'x-kubernetes-embedded-resource': true } } }),
  bad({ type: 'object', properties: { a: { type: 'string', uniqueItems: true } } }),
  bad({ type: 'object', properties: { a: { type: 'object', anyOf: [{ type: 'object' }] } } }),
  bad({ type: 'object', properties: { a: { type: 'object', allOf: [{ properties: { z: { minLength: 1 } } }] } } }),
  bad({ type: 'object', properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } } }),
  bad({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 5 } } } },
  }),
  withRule({ rule: '' }),
  withRule({ rule: 'true', message: ' ' }),
  withRule({ rule: 'true', message: 'two\nlines' }),
  withRule({ rule: 'true', reason: 'Because' }),
  { ...definition('bads', 'Bad', schema), metadata: { name: 'other' } },
  definition('Bads', 'Bad', { type: 'object' }),
  definition('bads', 'bad_kind', { type: 'object' }),
  definition('bads', 'Bad', { type: 'object' }, { scope: 'Galaxy' }),
  definition('bads', 'Bad', { type: 'object' }, { group: '' }),
  definition('bads', 'Bad', { type: 'object' }, { names: {} }),
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    {
      names: { plural: 'bads', kind: 'Bad', shortNames: ['UP'], categories: ['Bad!'], singular: 'B', listKind: 'b l' },
    },
  ),
  definition('bads', 'Bad', { type: 'object' }, { versions: [] }),
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    { versions: [{ name: 'V_1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }] },
  ),
  definition('bads', 'Bad', { type: 'object' }, { conversion: { strategy: 'Magic' } }),
  definition('bads', 'Bad', { type: 'object' }, { preserveUnknownFields: true }),
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    {},
    { additionalPrinterColumns: [{ name: '', type: 'color', jsonPath: 'x' }] },
  ),
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    {},
    { subresources: { scale: { specReplicasPath: 'x', statusReplicasPath: '' } } },
  ),
  definition('bads', 'Bad', { type: 'object' }, {}, { selectableFields: [{ jsonPath: '.spec.none' }] }),
  definition('bads', 'Bad', { type: 'object' }, {}, { deprecationWarning: 'old' }),
];
const listOf = (items: object, more: object = {}): object =>
  inSpec({ type: 'object', properties: { a: { type: 'array', items, ...more } } });
/** Rules that are compiled, typed and estimated before a definition is taken. */
const rules: readonly object[] = [
  withRule({ rule: 'self.a ==' }),
  withRule({ rule: 'self.b == "x"' }),
  withRule({ rule: 'self.a' }),
  withRule({ rule: 'true', messageExpression: 'self.a +' }),
  withRule({ rule: 'true', messageExpression: '1' }),
  withRule({ rule: 'true', fieldPath: '.nope' }),
  withRule({ rule: 'true', fieldPath: 'a' }),
  withRule({ rule: 'self.a == oldSelf.a', optionalOldSelf: true }),
  inSpec({
    type: 'array',
    items: { type: 'array', items: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self.matches("a.*b")' }] } },
  }),
  inSpec({
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'string' } } },
    'x-kubernetes-validations': [{ rule: 'self.a.all(x, self.a.all(y, self.a.all(z, x != y || z != y)))' }],
  }),
  withRule({ rule: 'true', fieldPath: ' ' }),
  withRule({ rule: 'true', fieldPath: ".a['b']" }),
  withRule({ rule: "self.a == 'x'", fieldPath: '.a', reason: 'FieldValueRequired' }),
  withRule({ rule: 'true', messageExpression: ' ' }),
  withRule({ rule: 'true', messageExpression: 'self.b' }),
  withRule({ rule: "self.a = 'x'" }),
  withRule({ rule: "self.a == 'x" }),
  withRule({ rule: 'self.a.size(' }),
  withRule({ rule: 'self.a.size() > "1" && nope(self.c) || [1, "a"] == []' }),
  withRule({ rule: 'self.a.matches("(") && duration("1x") == duration("1h")' }),
  withRule({ rule: '"%d".format([self.a]) == "" && int("x") == 1' }),
  withRule({ rule: 'int("x") == 1' }),
  withRule({ rule: 'true', optionalOldSelf: true }),
  withRule({ rule: 'has(oldSelf.a)', optionalOldSelf: true }),
  withRule({ rule: 'oldSelf.hasValue() && oldSelf.value().a == self.a', optionalOldSelf: true }),
  listOf({ type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] }),
  listOf(
    {
      type: 'object',
      required: ['k'],
      properties: { k: { type: 'string' } },
      'x-kubernetes-validations': [{ rule: 'self == oldSelf' }],
    },
    { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'], maxItems: 5 },
  ),
  listOf({ type: 'string', maxLength: 10, 'x-kubernetes-validations': [{ rule: 'self.startsWith("a")' }] }),
  listOf({ type: 'string', 'x-kubernetes-validations': [{ rule: 'self.contains(self)' }] }, { maxItems: 30 }),
  listOf(
    {
      type: 'string',
      maxLength: 60,
      'x-kubernetes-validations': [{ rule: 'self.matches("^a+$") && self.matches("^[a-z]+$")' }],
    },
    { maxItems: 120_000 },
  ),
  inSpec({
    type: 'object',
    additionalProperties: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self.split(",").all(x, x != "")' }] },
  }),
];
/** Broken in more than one place. */
const broken: readonly object[] = [withRule({ rule: 'self.a ( == 1 ]' })];
/** What the real server shows of these is a dump of its own structures. */
const dumped: readonly object[] = [
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    { versions: [{ name: 'v1', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } }] },
  ),
  definition(
    'bads',
    'Bad',
    { type: 'object' },
    {
      versions: [
        { name: 'v1', served: true, storage: true },
        { name: 'v1', served: true, storage: true },
      ],
    },
  ),
];
const numbers: readonly unknown[] = [{ size: 1.5 }, { size: 3, ratio: 0 }, { size: 3, ratio: 1 }];
const badThings: readonly unknown[] = [
  undefined,
  {},
  { size: 0 },
  { size: 10 },
  { size: '3' },
  { size: null },
  { size: 8 },
  { size: 3, color: 'blue' },
  { size: 3, color: null },
  { size: 3, pattern: 'ABC' },
  { size: 3, pattern: 'toolong' },
  { size: 3, pattern: 'a' },
  { size: 3, pattern: 'never' },
  { size: 3, port: true },
  { size: 3, port: 'http' },
  { size: 3, ratio: 0.3 },
  { size: 3, when: 'tomorrow' },
  { size: 3, when: '2024-01-01T00:00:00Z' },
  { size: 3, data: '!!!' },
  { size: 3, anything: { deep: { er: [1, null, { x: 'y' }] } } },
  { size: 3, map: { a: 1, b: 'x' } },
  { size: 3, map: { a: 1, b: 2, c: 3 } },
  { size: 3, list: [] },
  { size: 3, list: ['a', 'b', 'c', 'd'] },
  { size: 3, list: ['a', 'a'] },
  { size: 3, list: ['a', 5] },
  { size: 3, keyed: [{ name: 'x' }, { name: 'x' }] },
  { size: 3, keyed: [{ value: 'x' }] },
  { size: 3, keyed: [{ name: 'x', extra: 1 }] },
  { size: 3, nothing: null },
  { size: 3, either: {} },
  { size: 3, either: { a: '1', b: '2' } },
  { size: 3, low: 5, high: 3 },
  { size: 8, low: 5, high: 3, pattern: 'never' },
  { size: 0, color: 'blue', pattern: 'A', low: 5, high: 3 },
];

/** CustomResourceDefinitions: what is refused, their life, and their objects. */
export const definitions: Script = {
  topic: 'definitions',
  steps: [
    ...badDefinitions.map((body) => post(crds + dry, body)),
    ...dumped.map((body) => post(crds + dry, body, { difference: 'go-words' })),
    ...rules.map((body) => post(crds + dry, body)),
    ...broken.map((body) => post(crds + dry, body, { difference: 'cel' })),
    post(
      crds,
      definition(
        'things',
        'Thing',
        schema,
        { names: { plural: 'things', kind: 'Thing', shortNames: ['th'], categories: ['all'] } },
        {
          subresources: {
            status: {},
            scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.n', labelSelectorPath: '.status.s' },
          },
          additionalPrinterColumns: columns,
        },
      ),
    ),
    get(`${crds}/things.${group}`, { until: isEstablished }),
    get(`/apis/${group}`),
    get(`/apis/${group}/v1`),
    get('/apis', { select: (body) => body.groups.find((item: any) => item.name === group) }),
    // For a moment the real server answers 429: its storage is being made.
    get(things, { until: (status) => status === 200 }),
    ...badThings.map((spec) => post(things + dry, thing(spec))),
    ...numbers.map((spec) => post(things + dry, thing(spec), { difference: 'numbers' })),
    post(crds + dry, definition('bads', 'Bad', { type: 'object' }, { conversion: { strategy: 'Webhook' } }), {
      difference: 'webhooks',
    }),
    post(things, thing({ size: 3, keyed: [{ name: 'x', value: 'seen' }], fixed: 'f', unknown: 1 })),
    get(things, { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } }),
    mergePatch(`${things}/a`, { spec: { fixed: 'g' } }),
    mergePatch(`${things}/a`, { spec: { fixed: null } }),
    mergePatch(`${things}/a`, { spec: { fixed: 'h' } }),
    mergePatch(`${things}/a`, { spec: { size: 4 } }),
    mergePatch(`${things}/a/status`, { status: { ready: true, n: 3 } }),
    mergePatch(`${things}/a/status`, { status: { ready: 'yes' } }),
    get(`${things}/a/scale`),
    apply(`${things}/a?fieldManager=m1`, thing({ size: 4, keyed: [{ name: 'x', value: 'v1' }, { name: 'y' }] })),
    apply(
      `${things}/a?fieldManager=m1&force=true`,
      thing({ size: 4, keyed: [{ name: 'x', value: 'v1' }, { name: 'y' }] }),
    ),
    apply(`${things}/a?fieldManager=m2`, thing({ keyed: [{ name: 'z' }] })),
    mergePatch(`${crds}/things.${group}`, { spec: { scope: 'Cluster' } }),
    mergePatch(`${crds}/things.${group}`, { spec: { names: { kind: 'Other', plural: 'others' } } }),
    mergePatch(`${crds}/things.${group}`, {
      spec: {
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: { size: { type: 'integer', maximum: 2 }, added: { type: 'string', default: 'new' } },
                  },
                },
              },
            },
          },
        ],
      },
    }),
    get(`${things}/a`, { until: (_, body) => body?.spec?.added === 'new' }),
    mergePatch(`${things}/a`, { metadata: { labels: { ratcheted: 'yes' } } }),
    mergePatch(`${things}/a`, { spec: { size: 5 } }),
    mergePatch(`${things}/a/status`, { status: {} }),
    post(crds, definition('clashes', 'Thing', { type: 'object' })),
    get(`${crds}/clashes.${group}`, {
      until: (_, body) =>
        body?.status?.conditions?.some((c: any) => c.type === 'NamesAccepted' && c.status === 'False') ?? false,
    }),
    get(`/apis/${group}/v1/namespaces/{{ns}}/clashes`),
    del(`${crds}/clashes.${group}`),
    post(
      crds,
      definition(
        'widgets',
        'Widget',
        { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        {
          scope: 'Cluster',
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
            },
            {
              name: 'v1beta1',
              served: true,
              storage: false,
              deprecated: true,
              schema: { openAPIV3Schema: { type: 'object', properties: { kept: { type: 'string' } } } },
            },
            { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
          ],
        },
      ),
    ),
    get(`${crds}/widgets.${group}`, { until: isEstablished }),
    get(widgets, { until: (status) => status === 200 }),
    get(`/apis/${group}`),
    post(widgets, {
      apiVersion: `${group}/v1`,
      kind: 'Widget',
      metadata: { name: 'definitions-w' },
      kept: 'k',
      dropped: 'd',
    }),
    get(`/apis/${group}/v1beta1/widgets/definitions-w`),
    mergePatch(`/apis/${group}/v1beta1/widgets/definitions-w`, { kept: 'changed' }),
    get(`${widgets}/definitions-w`),
    get(`/apis/${group}/v1alpha1/widgets`),
    put(`${crds}/widgets.${group}/status`, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `widgets.${group}` },
    }),
    del(`${crds}/widgets.${group}`),
    get(`${crds}/widgets.${group}`, { until: (status) => status === 404 }),
    get(widgets, { until: (status) => status === 404 }),
    del(`${crds}/things.${group}`),
    get(`${crds}/things.${group}`, { until: (status) => status === 404 }),
    get(things, { until: (status) => status === 404 }),
    get(`/apis/${group}`, { until: (status) => status === 404 }),
  ],
};
