import { get, type Script } from '../script.ts';

const aggregated = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
/** What this product serves too; the real server has more. */
const coreRows = [
  'configmaps',
  'events',
  'namespaces',
  'namespaces/finalize',
  'namespaces/status',
  'nodes',
  'nodes/status',
  'pods',
  'pods/binding',
  'pods/eviction',
  'pods/status',
  'secrets',
  'serviceaccounts',
  'serviceaccounts/token',
];
const appsRows = [
  'daemonsets',
  'daemonsets/status',
  'deployments',
  'deployments/scale',
  'deployments/status',
  'replicasets',
  'replicasets/scale',
  'replicasets/status',
];
const rowsOf =
  (names: readonly string[]) =>
  (body: any): unknown => ({
    ...body,
    resources: body.resources?.filter((row: any) => names.includes(row.name)).map(withoutStorageHash),
  });
// The hash names where etcd keeps the kind; clients may only compare it with itself.
const withoutStorageHash = ({ storageVersionHash, ...row }: any): unknown => ({
  ...row,
  hashed: storageVersionHash !== undefined,
});
const rows = (body: any): unknown => ({ ...body, resources: body.resources?.map(withoutStorageHash) });
const sortedRows = (body: any): unknown => ({
  ...body,
  resources: body.resources?.map(withoutStorageHash).toSorted((a: any, b: any) => (a.name < b.name ? -1 : 1)),
});
const groupNamed =
  (name: string) =>
  (body: any): unknown =>
    body.groups?.find((group: any) => group.name === name);
const discovered =
  (group: string, names?: readonly string[]) =>
  (body: any): unknown =>
    body.items
      ?.filter((item: any) => (item.metadata.name ?? '') === group)
      .map((item: any) => ({
        ...item,
        metadata: { name: item.metadata.name },
        versions: item.versions.map((version: any) => ({
          ...version,
          resources: version.resources
            .filter((row: any) => names === undefined || names.includes(row.resource))
            .map((row: any) => ({
              ...row,
              subresources: row.subresources?.filter(
                (sub: any) => !unserved.includes(`${row.resource}/${sub.subresource}`),
              ),
            })),
        })),
      }));
const unserved = [
  'pods/attach',
  'pods/ephemeralcontainers',
  'pods/exec',
  'pods/log',
  'pods/portforward',
  'pods/proxy',
  'pods/resize',
  'nodes/proxy',
];
const typed = (schema: any): unknown => schema?.['x-kubernetes-group-version-kind'];

/** Discovery in both forms, and OpenAPI as kubectl reads it. */
export const discovery: Script = {
  topic: 'discovery',
  steps: [
    get('/api'),
    get('/api/'),
    get('/api/v1', { select: rowsOf(coreRows) }),
    get('/apis', { select: (body) => ({ kind: body.kind, apiVersion: body.apiVersion }) }),
    ...[
      'apps',
      'policy',
      'coordination.k8s.io',
      'events.k8s.io',
      'rbac.authorization.k8s.io',
      'authorization.k8s.io',
      'authentication.k8s.io',
      'admissionregistration.k8s.io',
      'apiextensions.k8s.io',
      'config.openshift.io',
      'hypershift.openshift.io',
    ].flatMap((group) => [get('/apis', { select: groupNamed(group) }), get(`/apis/${group}`)]),
    get('/apis/apps/v1', { select: rowsOf(appsRows) }),
    get('/apis/policy/v1', { select: rows }),
    get('/apis/events.k8s.io/v1', { select: rows }),
    get('/apis/coordination.k8s.io/v1', { select: rowsOf(['leases']) }),
    get('/apis/rbac.authorization.k8s.io/v1', { select: rows }),
    get('/apis/authorization.k8s.io/v1', { select: rows }),
    get('/apis/authentication.k8s.io/v1', { select: rows }),
    get('/apis/admissionregistration.k8s.io/v1', {
      select: rowsOf([
        'validatingadmissionpolicies',
        'validatingadmissionpolicies/status',
        'validatingadmissionpolicybindings',
      ]),
    }),
    get('/apis/apiextensions.k8s.io/v1', { select: rows }),
    // The real server lists the custom resources of a group in the order of a map.
    get('/apis/config.openshift.io/v1', { select: sortedRows }),
    get('/apis/hypershift.openshift.io/v1beta1', { select: sortedRows }),
    get('/api', { headers: { accept: aggregated('v2') }, select: discovered('', coreRows) }),
    get('/apis', {
      headers: { accept: aggregated('v2') },
      select: discovered('apps', ['daemonsets', 'deployments', 'replicasets']),
    }),
    ...[
      'policy',
      'events.k8s.io',
      'rbac.authorization.k8s.io',
      'authorization.k8s.io',
      'authentication.k8s.io',
      'apiextensions.k8s.io',
      'config.openshift.io',
      'hypershift.openshift.io',
    ].map((group) => get('/apis', { headers: { accept: aggregated('v2') }, select: discovered(group) })),
    get('/apis', {
      headers: { accept: `${aggregated('v2')},${aggregated('v2beta1')},application/json` },
      select: (body) => [body.kind, body.apiVersion],
    }),
    get('/apis', {
      headers: { accept: `${aggregated('v2beta1')},application/json` },
      select: (body) => [body.kind, body.apiVersion],
    }),
    get('/apis', { headers: { accept: aggregated('v3') } }),
    get('/api', { headers: { accept: 'application/yaml' }, select: () => 'yaml' }),
    get('/api', { headers: { accept: 'text/html' } }),
    get('/openapi/v3', {
      difference: 'openapi-headers',
      select: (body) =>
        ['api/v1', 'apis/apps/v1', 'apis/config.openshift.io/v1'].map((path) => Object.keys(body.paths?.[path] ?? {})),
    }),
    get('/openapi/v3/apis/config.openshift.io/v1', {
      select: (body) => ({
        openapi: body.openapi,
        keys: Object.keys(body),
        paths: Object.keys(body.paths ?? {}).filter((path) => path.includes('imagedigestmirrorsets')),
        patch: Object.keys(body.paths?.['/apis/config.openshift.io/v1/imagedigestmirrorsets/{name}'] ?? {}),
        schema: body.components?.schemas?.['io.openshift.config.v1.ImageDigestMirrorSet'],
        list: typed(body.components?.schemas?.['io.openshift.config.v1.ImageDigestMirrorSetList']),
      }),
    }),
    get('/openapi/v3/api/v1', {
      select: (body) => ({
        kind: typed(body.components?.schemas?.['io.k8s.api.core.v1.ConfigMap']),
        patch: body.paths?.['/api/v1/namespaces/{name}']?.patch?.['x-kubernetes-group-version-kind'],
        parameters: body.paths?.['/api/v1/namespaces/{name}']?.patch?.parameters?.map(
          (parameter: any) => parameter.name,
        ),
      }),
    }),
    get('/openapi/v3/apis/nowhere/v1', { difference: 'paths' }),
    get('/openapi/v2', { select: (body) => [body.swagger, body.info?.title], difference: 'openapi-headers' }),
    get('/openapi/v2', {
      difference: 'protobuf',
      headers: { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' },
      select: () => 'protobuf',
    }),
    get('/openapi/v2', { headers: { accept: 'text/html' }, select: () => 'text', difference: 'openapi-headers' }),
    get('/version', { select: (body) => Object.keys(body) }),
  ],
};
