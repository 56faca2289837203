import type { BadInput } from './faults-of.ts';
import {
  clusterVersion,
  contentPolicy,
  controlPlane,
  credentialProvider,
  deleteImageSet,
  disruptionPolicy,
  imagePolicy,
  imageSet,
  installConfig,
  kubeletConfig,
  machineConfig,
  secret,
} from './headers.ts';

/** The same for the kinds around mirrors: installation, image sets, signatures, what a change costs nodes. */
export const furtherKindRows: readonly BadInput[] = [
  ['a list as secret data', secret('data: [a]\n'), ['field-type 4:7']],
  ['a number in secret data', secret('data: {a: 1}\n'), ['field-type 4:11']],
  ['a misspelt field of a secret', secret('datas: {a: YQ==}\n'), ['field-unknown 4:1']],
  [
    'both names of the digest sources',
    installConfig('imageContentSources: [{source: a.io}]\nimageDigestSources: [{source: a.io}]\n'),
    ['field-invalid 1:1'],
  ],
  [
    'a digest source without a source',
    installConfig('imageDigestSources:\n- mirrors: [m.io]\n'),
    ['field-required 5:3'],
  ],
  [
    'AllowFallback in an install-config',
    installConfig('imageDigestSources:\n- source: q.io\n  sourcePolicy: AllowFallback\n'),
    ['field-not-supported 6:17'],
  ],
  [
    'the policy field of an IDMS in an install-config',
    installConfig('imageDigestSources:\n- source: q.io\n  mirrorSourcePolicy: NeverContactSource\n'),
    ['field-unknown 6:3'],
  ],
  [
    'text as mirrors of an install-config',
    installConfig('imageContentSources:\n- source: q.io\n  mirrors: m.io\n'),
    ['field-type 6:12'],
  ],
  ['a number as pull secret', installConfig('pullSecret: 1\n'), ['field-type 4:13']],
  [
    'an unknown trust bundle policy',
    installConfig('additionalTrustBundlePolicy: always\n'),
    ['field-not-supported 4:30'],
  ],
  ['text as fips', installConfig('fips: "true"\n'), ['field-type 4:7']],
  [
    'a release channel twice',
    imageSet('  platform:\n    channels:\n    - name: stable-4.18\n    - name: stable-4.18\n'),
    ['field-duplicate 7:13'],
  ],
  [
    'a version that YAML reads as a number',
    imageSet('  platform:\n    channels:\n    - name: stable-4.10\n      minVersion: 4.10\n'),
    ['field-type 7:19'],
  ],
  [
    'platforms beside architectures',
    imageSet('  platform:\n    platforms: [{os: linux, architecture: amd64}]\n    architectures: [amd64]\n'),
    ['field-invalid 6:20'],
  ],
  [
    'a catalog twice',
    imageSet('  operators:\n  - catalog: q.io/c:v1\n  - catalog: q.io/c:v1\n'),
    ['field-duplicate 6:14'],
  ],
  ['an expression that is none', imageSet('  blockedImages:\n  - name: "("\n'), ['field-invalid 5:11']],
  ['a misspelt list of images', imageSet('  additionalImage: []\n'), ['field-unknown 4:3']],
  [
    'a word as size of archives',
    'apiVersion: mirror.openshift.io/v2alpha1\nkind: ImageSetConfiguration\narchiveSize: big\nmirror: {}\n',
    ['field-type 3:14'],
  ],
  [
    'a field of version 2 in version 1',
    'apiVersion: mirror.openshift.io/v1alpha2\nkind: ImageSetConfiguration\nmirror:\n  platform:\n    platforms: []\n',
    ['field-unknown 5:5'],
  ],
  [
    'text as storage of version 1',
    'apiVersion: mirror.openshift.io/v1alpha2\nkind: ImageSetConfiguration\nstorageConfig: {local: x}\nmirror: {}\n',
    ['field-type 3:24'],
  ],
  [
    'an image to delete without a name',
    deleteImageSet('  additionalImages:\n  - targetRepo: a\n'),
    ['field-required 5:5'],
  ],
  ['a signature policy without a policy', imagePolicy('  scopes: [q.io]\n'), ['field-required 5:3']],
  [
    'a root of trust without what its type names',
    imagePolicy('  scopes: [q.io]\n  policy:\n    rootOfTrust:\n      policyType: PublicKey\n'),
    ['field-invalid 8:7'],
  ],
  [
    'an unknown root of trust',
    imagePolicy('  scopes: [q.io]\n  policy: {rootOfTrust: {policyType: GPG}}\n'),
    ['field-not-supported 6:38'],
  ],
  [
    'a signed scope twice',
    imagePolicy('  scopes: [q.io, q.io]\n  policy: {rootOfTrust: {policyType: PKI}}\n'),
    ['field-duplicate 5:18', 'field-invalid 6:25'],
  ],
  [
    'a rule of a content policy without a source',
    contentPolicy('  repositoryDigestMirrors:\n  - mirrors: [a]\n'),
    ['field-required 6:5'],
  ],
  [
    'a source with two ports',
    contentPolicy('  repositoryDigestMirrors:\n  - source: q.io:5000:1\n'),
    ['field-invalid 6:13'],
  ],
  ['a list as update server', clusterVersion('  upstream: [a]\n'), ['field-type 6:13']],
  ['text as images of a credential provider', credentialProvider('  matchImages: a\n'), ['field-type 5:16']],
  ['text as extensions', machineConfig('  extensions: usbguard\n'), ['field-type 5:15']],
  ['text as fips of a node', machineConfig('  fips: "no"\n'), ['field-type 5:9']],
  ['a verbosity that is too high', kubeletConfig('  logLevel: 11\n'), ['field-invalid 5:13']],
  ['a word as verbosity', kubeletConfig('  logLevel: debug\n'), ['field-type 5:13']],
  [
    'a TLS profile in lower case',
    kubeletConfig('  tlsSecurityProfile: {type: modern}\n'),
    ['field-not-supported 5:30'],
  ],
  [
    'a reboot beside another action',
    disruptionPolicy('    files:\n    - path: /etc/a\n      actions: [{type: Reboot}, {type: Drain}]\n'),
    ['field-invalid 9:16'],
  ],
  [
    'a reload of nothing',
    disruptionPolicy('    files:\n    - path: /etc/a\n      actions: [{type: Reload}]\n'),
    ['field-invalid 9:17'],
  ],
  [
    'a file with two policies',
    disruptionPolicy(
      '    files:\n    - {path: /a, actions: [{type: None}]}\n    - {path: /a, actions: [{type: None}]}\n',
    ),
    ['field-duplicate 9:7'],
  ],
  [
    'an action of the cluster only',
    disruptionPolicy('    sshkey: {actions: [{type: Special}]}\n'),
    ['field-not-supported 7:31'],
  ],
  ['a mapping as content sources of a control plane', controlPlane('  imageContentSources: {}\n'), ['field-type 5:24']],
  [
    'a number as a label',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {a: 1}}\n',
    ['field-type 3:33'],
  ],
];
