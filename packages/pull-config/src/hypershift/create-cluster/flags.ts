/** Platforms that can be rendered offline. */
export const createClusterPlatforms = ['none', 'agent', 'kubevirt', 'aws'] as const;
export type CreateClusterPlatform = (typeof createClusterPlatforms)[number];

/**
 * A flag of `hypershift create cluster PLATFORM`. `switch` has no value; `file` names a file to read, `-` is standard
 * input; `list` and `files` may be given several times; `comma` separates its values by commas.
 */
export interface FlagSpec {
  readonly name: string;
  readonly kind: 'switch' | 'text' | 'number' | 'file' | 'list' | 'files' | 'comma';
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  readonly isRequired?: boolean;
  /** All platforms where absent. */
  readonly platforms?: readonly CreateClusterPlatform[];
}

/** Values by flag name, as a command line parser gives them. */
export type CreateClusterFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const capabilities = [
  'ImageRegistry',
  'openshift-samples',
  'Insights',
  'baremetal',
  'Console',
  'NodeTuning',
  'Ingress',
];
const availability = ['SingleReplica', 'HighlyAvailable'];
const byAddress = 'Address of a node: services are exposed as node ports there instead of load balancers and routes';

/** Every flag, in the order in which help shows them: what is created, mirrors, output, nodes, control plane, platforms. */
export const createClusterFlags: readonly FlagSpec[] = [
  { name: 'name', kind: 'text', description: 'Name of the cluster', isRequired: true },
  { name: 'namespace', kind: 'text', description: 'Namespace of the objects', default: 'clusters' },
  { name: 'pull-secret', kind: 'file', description: 'File with the pull secret', isRequired: true },
  { name: 'release-image', kind: 'text', description: 'Release image of the cluster' },
  { name: 'base-domain', kind: 'text', description: 'Base domain of the ingress' },
  { name: 'base-domain-prefix', kind: 'text', description: 'Prefix of the base domain, "none" for an empty one' },
  { name: 'ssh-key', kind: 'file', description: 'File with the public SSH key of the nodes' },
  { name: 'infra-id', kind: 'text', description: 'Infrastructure ID; made from namespace and name by default' },
  { name: 'annotations', kind: 'list', description: 'Annotation of the HostedCluster, key=value' },
  { name: 'labels', kind: 'list', description: 'Label of the HostedCluster, key=value' },

  {
    name: 'image-content-sources',
    kind: 'file',
    description: 'Digest mirrors: a list of {source, mirrors}, or ImageDigestMirrorSets and ImageContentSourcePolicies',
  },
  {
    name: 'image-tag-mirror-set',
    kind: 'file',
    description: 'Tag mirrors: a list of {source, mirrors, mirrorSourcePolicy}, or ImageTagMirrorSets',
  },
  {
    name: 'image-mirror-config',
    kind: 'files',
    description: 'Mirror objects of any kind, put into a ConfigMap that the cluster refers to',
  },
  { name: 'image-mirror-config-ref', kind: 'text', description: 'Name of a mirror ConfigMap that exists already' },
  { name: 'additional-trust-bundle', kind: 'file', description: 'File with CA certificates that nodes trust' },
  { name: 'node-pool-config', kind: 'list', description: 'ConfigMap that the NodePool names in spec.config' },

  { name: 'render', kind: 'switch', description: 'Print the objects, without contacting any cluster' },
  { name: 'render-into', kind: 'text', description: 'File to write the objects to' },
  { name: 'render-sensitive', kind: 'switch', description: 'Print Secrets too' },
  {
    name: 'registry-config-check',
    kind: 'switch',
    description: 'Ask the mirrors with the pull secret and trust bundle',
  },

  {
    name: 'node-pool-replicas',
    kind: 'number',
    description: 'Nodes of the NodePool, none is made below 0',
    default: '0',
  },
  { name: 'node-upgrade-type', kind: 'text', description: 'How nodes are upgraded', choices: ['Replace', 'InPlace'] },
  { name: 'node-drain-timeout', kind: 'text', description: 'Longest drain of a node, e.g. 30m', default: '0s' },
  {
    name: 'node-volume-detach-timeout',
    kind: 'text',
    description: 'Longest wait for volumes of a node',
    default: '0s',
  },
  { name: 'auto-repair', kind: 'switch', description: 'Replace unhealthy nodes' },
  {
    name: 'arch',
    kind: 'text',
    description: 'Architecture of the nodes',
    default: 'amd64',
    choices: ['amd64', 'arm64', 'ppc64le', 's390x'],
  },
  { name: 'fips', kind: 'switch', description: 'FIPS mode of the nodes' },
  { name: 'pausedUntil', kind: 'text', description: 'RFC 3339 time, or true' },

  {
    name: 'control-plane-availability-policy',
    kind: 'text',
    description: 'Replicas of the control plane',
    default: 'SingleReplica',
    choices: availability,
  },
  {
    name: 'infra-availability-policy',
    kind: 'text',
    description: 'Replicas of cluster services',
    choices: availability,
  },
  { name: 'control-plane-operator-image', kind: 'text', description: 'Image of the control plane operator' },
  { name: 'etcd-storage-class', kind: 'text', description: 'Storage class of etcd' },
  { name: 'etcd-storage-size', kind: 'text', description: 'Storage size of etcd', default: '8Gi' },
  {
    name: 'network-type',
    kind: 'text',
    description: 'Network plugin',
    default: 'OVNKubernetes',
    choices: ['OVNKubernetes', 'OpenShiftSDN', 'Calico', 'Other'],
  },
  { name: 'cluster-cidr', kind: 'list', description: 'Network of pods', default: '10.132.0.0/14' },
  { name: 'service-cidr', kind: 'list', description: 'Network of services', default: '172.31.0.0/16' },
  { name: 'machine-cidr', kind: 'list', description: 'Network of machines' },
  { name: 'node-selector', kind: 'comma', description: 'Where control plane pods run, key=value' },
  { name: 'pods-labels', kind: 'comma', description: 'Labels of control plane pods, key=value' },
  { name: 'kas-dns-name', kind: 'text', description: 'DNS name of the API server' },
  {
    name: 'olm-catalog-placement',
    kind: 'text',
    description: 'Where catalogs run',
    default: 'management',
    choices: ['management', 'guest'],
  },
  { name: 'olm-disable-default-sources', kind: 'switch', description: 'No default catalogs' },
  {
    name: 'feature-set',
    kind: 'text',
    description: 'Feature set',
    choices: ['TechPreviewNoUpgrade', 'DevPreviewNoUpgrade'],
  },
  { name: 'enable-cluster-capabilities', kind: 'comma', description: 'Capabilities to enable', choices: capabilities },
  {
    name: 'disable-cluster-capabilities',
    kind: 'comma',
    description: 'Capabilities to disable',
    choices: capabilities,
  },

  { name: 'external-api-server-address', kind: 'text', description: byAddress, platforms: ['none'] },
  {
    name: 'expose-through-load-balancer',
    kind: 'switch',
    description: 'Load balancers and routes instead of node ports',
    platforms: ['none'],
  },
  { name: 'api-server-address', kind: 'text', description: byAddress, platforms: ['agent', 'kubevirt'] },
  {
    name: 'agent-namespace',
    kind: 'text',
    description: 'Namespace of the Agents',
    platforms: ['agent'],
    isRequired: true,
  },
  { name: 'agentLabelSelector', kind: 'comma', description: 'Labels of the Agents, key=value', platforms: ['agent'] },
  {
    name: 'service-publishing-strategy',
    kind: 'text',
    description: 'How services are exposed',
    default: 'Ingress',
    choices: ['Ingress', 'NodePort'],
    platforms: ['kubevirt'],
  },
  {
    name: 'external-dns-domain',
    kind: 'text',
    description: 'Domain of service host names',
    platforms: ['kubevirt', 'aws'],
  },
  { name: 'memory', kind: 'text', description: 'Memory of a node', default: '4Gi', platforms: ['kubevirt'] },
  { name: 'cores', kind: 'number', description: 'Cores of a node', default: '2', platforms: ['kubevirt'] },
  {
    name: 'root-volume-storage-class',
    kind: 'text',
    description: 'Storage class of root volumes',
    platforms: ['kubevirt'],
  },
  {
    name: 'root-volume-size',
    kind: 'number',
    description: 'Size of root volumes in Gi',
    platforms: ['kubevirt', 'aws'],
  },
  { name: 'region', kind: 'text', description: 'AWS region', default: 'us-east-1', platforms: ['aws'] },
  { name: 'zones', kind: 'comma', description: 'Availability zones of the NodePools', platforms: ['aws'] },
  { name: 'instance-type', kind: 'text', description: 'Instance type of the nodes', platforms: ['aws'] },
  { name: 'root-volume-type', kind: 'text', description: 'Type of root volumes', default: 'gp3', platforms: ['aws'] },
  { name: 'root-volume-iops', kind: 'number', description: 'IOPS of root volumes', platforms: ['aws'] },
  { name: 'root-volume-kms-key', kind: 'text', description: 'KMS key of root volumes', platforms: ['aws'] },
  {
    name: 'endpoint-access',
    kind: 'text',
    description: 'Access to the API',
    default: 'Public',
    choices: ['Public', 'PublicAndPrivate', 'Private'],
    platforms: ['aws'],
  },
  { name: 'additional-tags', kind: 'comma', description: 'Tags of AWS resources, key=value', platforms: ['aws'] },
  { name: 'infra-json', kind: 'file', description: 'What "create infra aws" wrote', platforms: ['aws'] },
  { name: 'iam-json', kind: 'file', description: 'What "create iam aws" wrote', platforms: ['aws'] },
];

/** The flags of a platform. */
export function flagsOf(platform: CreateClusterPlatform): readonly FlagSpec[] {
  return createClusterFlags.filter(({ platforms }) => platforms === undefined || platforms.includes(platform));
}

/** The files that the flags name, in the order of the table. They are read by the caller. */
export function createClusterFiles(platform: CreateClusterPlatform, flags: CreateClusterFlags): readonly string[] {
  const names = flagsOf(platform).filter(({ kind }) => kind === 'file' || kind === 'files');
  return [...new Set(names.flatMap(({ name }) => valuesOf(flags[name])))];
}

/** The texts of a flag; none for one that is absent or a switch. */
export function valuesOf(value: CreateClusterFlags[string]): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}
