import { joined, listBy, type PatchType, patchType, within } from './patch-type.ts';

/** How a built-in kind merges under strategic merge patch: the struct tags of k8s.io/api v0.36 and apimachinery meta/v1. */
export function builtInPatchType({ group, kind }: { readonly group: string; readonly kind: string }): PatchType {
  return types.get(`${group}/${kind}`) ?? plainObject;
}

const objectMeta = patchType({ ownerReferences: listBy('uid'), finalizers: joined });
const metadata = within(objectMeta);
const plainObject = patchType({ metadata });

const container = patchType({
  ports: listBy('containerPort'),
  env: listBy('name'),
  volumeMounts: listBy('mountPath'),
  volumeDevices: listBy('devicePath'),
});

const volume = patchType({
  ephemeral: within(patchType({ volumeClaimTemplate: within(plainObject) })),
});

const podSpec = patchType({
  volumes: listBy('name', volume),
  initContainers: listBy('name', container),
  containers: listBy('name', container),
  ephemeralContainers: listBy('name', container),
  imagePullSecrets: listBy('name'),
  hostAliases: listBy('ip'),
  topologySpreadConstraints: listBy('topologyKey'),
  schedulingGates: listBy('name'),
  resourceClaims: listBy('name'),
});

const podStatus = patchType({
  conditions: listBy('type'),
  hostIPs: listBy('ip'),
  podIPs: listBy('ip'),
  resourceClaimStatuses: listBy('name'),
});

const conditions = within(patchType({ conditions: listBy('type') }));
const template = within(patchType({ metadata, spec: within(podSpec) }));
const workload = patchType({ metadata, spec: within(patchType({ template })), status: conditions });

const types: ReadonlyMap<string, PatchType> = new Map([
  ['/Namespace', patchType({ metadata, status: conditions })],
  ['/ServiceAccount', patchType({ metadata, secrets: listBy('name') })],
  [
    '/Node',
    patchType({
      metadata,
      spec: within(patchType({ podCIDRs: joined })),
      status: within(patchType({ conditions: listBy('type'), addresses: listBy('type') })),
    }),
  ],
  ['/Pod', patchType({ metadata, spec: within(podSpec), status: within(podStatus) })],
  [
    'policy/PodDisruptionBudget',
    patchType({ metadata, spec: within(patchType({ selector: { strategy: 'replace' } })), status: conditions }),
  ],
  ['apps/DaemonSet', workload],
  ['apps/Deployment', workload],
  ['apps/ReplicaSet', workload],
  [
    'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
    patchType({
      metadata,
      spec: within(patchType({ matchConditions: listBy('name'), variables: listBy('name') })),
    }),
  ],
]);
