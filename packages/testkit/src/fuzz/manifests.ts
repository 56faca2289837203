import { location, reference, scope } from './names.ts';
import type { Random } from './random.ts';

/** Manifests of a cluster that speak of each other: mostly sound, with wrong values where a user might put them. */
export function manifestsText(random: Random): string {
  const documents = [document(random), ...random.times(3, () => document(random))];
  return documents.join('---\n');
}

function document(random: Random): string {
  return random.pick(documents)(random);
}

const documents: readonly ((random: Random) => string)[] = [
  (random) => digestMirrors(random),
  (random) => tagMirrors(random),
  contentSourcePolicy,
  imageConfig,
  imagePolicy,
  containerRuntimeConfig,
  machineConfigPool,
  clusterVersion,
  hostedCluster,
  nodePool,
  mirrorConfigMap,
  certificates,
  secret,
  installConfig,
  imageSetConfiguration,
];

function head(apiVersion: string, kind: string, name: string, namespace = ''): string {
  const place = namespace === '' ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${place}`;
}

function digestMirrors(random: Random): string {
  const name = random.pick(['idms', 'idms-2']);
  return `${head('config.openshift.io/v1', 'ImageDigestMirrorSet', name)}spec:\n  imageDigestMirrors:\n${entries(random)}`;
}

function tagMirrors(random: Random): string {
  const name = random.pick(['itms', 'itms-2']);
  return `${head('config.openshift.io/v1', 'ImageTagMirrorSet', name)}spec:\n  imageTagMirrors:\n${entries(random)}`;
}

function contentSourcePolicy(random: Random): string {
  const policy = head('operator.openshift.io/v1alpha1', 'ImageContentSourcePolicy', 'icsp');
  return `${policy}spec:\n  repositoryDigestMirrors:\n${entries(random)}`;
}

function entries(random: Random): string {
  return [entry(random), ...random.times(3, () => entry(random))].join('');
}

function entry(random: Random): string {
  const mirrors = random.times(3, () => `    - ${quoted(location(random))}\n`);
  const policies = ['NeverContactSource', 'AllowContactingSource', 'AllowFallback'];
  const policy = random.oneIn(4) ? `    mirrorSourcePolicy: ${random.pick(policies)}\n` : '';
  const list = mirrors.length === 0 ? '' : `    mirrors: # where to look first\n${mirrors.join('')}`;
  return `  - source: ${quoted(scope(random))}\n${list}${policy}`;
}

function imageConfig(random: Random): string {
  const lists = ['insecureRegistries', 'blockedRegistries', 'allowedRegistries', 'containerRuntimeSearchRegistries'];
  const list = (): string =>
    `    ${random.pick(lists)}: [${random.times(3, () => quoted(scope(random))).join(', ')}]\n`;
  const trusted = random.oneIn(3) ? '  additionalTrustedCA:\n    name: registry-cas\n' : '';
  return `${head('config.openshift.io/v1', 'Image', 'cluster')}spec:\n${trusted}  registrySources:\n${list()}${random.oneIn(3) ? list() : ''}`;
}

function imagePolicy(random: Random): string {
  const kind = random.pick(['ClusterImagePolicy', 'ImagePolicy']);
  const root = random.pick([
    'policyType: PublicKey\n      publicKey:\n        keyData: YQ==',
    'policyType: FulcioCAWithRekor\n      fulcioCAWithRekor:\n        fulcioCAData: YQ==\n        rekorKeyData: YQ==\n        fulcioSubject: {oidcIssuer: "https://i", signedEmail: a@b}',
  ]);
  return `${head('config.openshift.io/v1', kind, 'signed', kind === 'ImagePolicy' ? 'team' : '')}spec:\n  scopes: [${quoted(scope(random))}]\n  policy:\n    rootOfTrust:\n      ${root}\n`;
}

function containerRuntimeConfig(random: Random): string {
  const settings = ['pidsLimit: 100', 'logLevel: debug', 'overlaySize: 8G', 'logSizeMax: 50Mi', 'defaultRuntime: crun'];
  const selector = `  machineConfigPoolSelector:\n    matchLabels: {pools.operator.machineconfiguration.openshift.io/worker: ""}\n`;
  return `${head('machineconfiguration.openshift.io/v1', 'ContainerRuntimeConfig', random.pick(['crc', 'crc-2']))}spec:\n${selector}  containerRuntimeConfig:\n    ${random.pick(settings)}\n`;
}

function machineConfigPool(random: Random): string {
  const limit = random.pick(['1', '"10%"', '0', 'x']);
  return `${head('machineconfiguration.openshift.io/v1', 'MachineConfigPool', random.pick(['worker', 'infra']))}  labels: {pools.operator.machineconfiguration.openshift.io/worker: ""}\nspec:\n  maxUnavailable: ${limit}\n  paused: ${random.pick(['true', 'false'])}\n`;
}

function clusterVersion(random: Random): string {
  const version = random.pick(['4.12.9', '4.18.0', '4.21.0', '5', '']);
  return `${head('config.openshift.io/v1', 'ClusterVersion', 'version')}spec:\n  clusterID: 00000000-0000-4000-8000-000000000000\nstatus:\n  desired:\n    version: ${quoted(version)}\n    image: ${quoted(reference(random))}\n`;
}

const clusterSpec = '  pullSecret: {name: pull-secret}\n  platform: {type: None}\n  services: []\n';

function hostedCluster(random: Random): string {
  const release = random.oneIn(3) ? reference(random) : 'quay.io/ocp/release:4.21.0-x86_64';
  const mirrors = random.pick([
    '  imageMirrorConfigRef: {name: mirrors}\n',
    `  imageContentSources:\n${entries(random)}`,
    `  imageTagMirrorSet:\n${entries(random)}`,
    '',
  ]);
  return `${head('hypershift.openshift.io/v1beta1', 'HostedCluster', 'hosted', 'clusters')}spec:\n  release: {image: ${quoted(release)}}\n${clusterSpec}${mirrors}`;
}

function nodePool(random: Random): string {
  const config = random.oneIn(2) ? '  config: [{name: mirrors}]\n' : '';
  const release = random.oneIn(2) ? 'quay.io/ocp/release:4.21.0-x86_64' : reference(random);
  return `${head('hypershift.openshift.io/v1beta1', 'NodePool', 'workers', 'clusters')}spec:\n  clusterName: hosted\n  replicas: 2\n  release: {image: ${quoted(release)}}\n  management: {upgradeType: ${random.pick(['Replace', 'InPlace'])}}\n  platform: {type: None}\n${config}`;
}

function mirrorConfigMap(random: Random): string {
  const [key, text] = random.oneIn(2) ? ['idms.yaml', digestMirrors(random)] : ['itms.yaml', tagMirrors(random)];
  const name = random.oneIn(4) ? 'config' : key;
  return `${head('v1', 'ConfigMap', 'mirrors', 'clusters')}data:\n  ${name}: ${random.oneIn(3) ? quoted(text) : block(text)}\n`;
}

function certificates(random: Random): string {
  const pem = '-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n';
  return `${head('v1', 'ConfigMap', 'registry-cas', 'openshift-config')}data:\n  ${quoted(location(random).replace(':', '..'))}: ${block(random.oneIn(3) ? 'none' : pem)}\n`;
}

function secret(random: Random): string {
  const data = btoa(`{"auths":{${quoted(location(random))}:{"auth":"dXNlcjpwYXNz"}}}`);
  const name = random.oneIn(2)
    ? head('v1', 'Secret', 'pull-secret', 'openshift-config')
    : head('v1', 'Secret', 'pull-secret', 'clusters');
  return `${name}type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${data}\n`;
}

function installConfig(random: Random): string {
  const field = random.pick(['imageDigestSources', 'imageContentSources']);
  return `apiVersion: v1\nmetadata: {name: demo}\nbaseDomain: example.com\npullSecret: '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}'\n${field}:\n${entries(random).replaceAll('\n  ', '\n').slice(2)}`;
}

function imageSetConfiguration(random: Random): string {
  const version = random.pick(['v1alpha2', 'v2alpha1']);
  const bound = random.pick(['minVersion: 4.18.0', 'minVersion: "4.18"', 'maxVersion: 4.17.1', 'full: true']);
  return `apiVersion: mirror.openshift.io/${version}\nkind: ImageSetConfiguration\nmirror:\n  platform:\n    channels:\n    - name: stable-4.18\n      ${bound}\n  additionalImages:\n  - name: ${quoted(reference(random))}\n`;
}

function block(text: string): string {
  return `|\n${text.replaceAll(/^(?=.)/gm, '    ').trimEnd()}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
