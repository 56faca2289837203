import { looseConditions } from './conditions.ts';
import { anything, flag, listOf, object, oneOf, text, whole } from './fields.ts';
import type { KindDefinition } from './kind.ts';
import { resource } from './resource.ts';
import { labelSelector } from './selectors.ts';

const groups = [
  'X25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
  'SecP384r1MLKEM1024',
];
const tlsVersions = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'];

const tlsSecurityProfile = object(
  {
    type: oneOf(['Old', 'Intermediate', 'Modern', 'Custom'], 'Which profile is used.'),
    old: object({}, 'For `Old`.', { nullable: true }),
    intermediate: object({}, 'For `Intermediate`.', { nullable: true }),
    modern: object({}, 'For `Modern`.', { nullable: true }),
    custom: object(
      {
        ciphers: listOf(text('Name of a cipher, as OpenSSL spells it.'), 'Ciphers that are accepted.'),
        groups: listOf(oneOf(groups, 'Name of a group.'), 'Key exchange groups that are accepted.', {
          listType: 'set',
          minItems: 1,
          maxItems: 7,
          featureGate: 'TLSGroupPreferences',
        }),
        minTLSVersion: oneOf(tlsVersions, 'Oldest version that is accepted.'),
      },
      'For `Custom`.',
      { nullable: true },
    ),
  },
  'Ciphers and versions of TLS that the kubelet accepts.',
);

/** openshift/api `machineconfiguration/v1` KubeletConfig. */
export const kubeletConfig: KindDefinition = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  kind: 'KubeletConfig',
  plural: 'kubeletconfigs',
  singular: 'kubeletconfig',
  scope: 'Cluster',
  subresources: { status: true },
  schema: resource(
    'Settings of the kubelet for the nodes of some pools.',
    {
      spec: object(
        {
          machineConfigPoolSelector: labelSelector('Which pools it is for; none where absent.'),
          kubeletConfig: anything('A KubeletConfiguration of kubelet.config.k8s.io/v1beta1, in part.'),
          autoSizingReserved: flag('System reserves follow the size of the node.'),
          logLevel: whole('int32', 'Verbosity of the kubelet.', { minimum: 0, maximum: 10 }),
          tlsSecurityProfile,
          systemGomaxprocsBehavior: oneOf(['Autosize', 'Disabled'], 'Whether GOMAXPROCS of system services is set.', {
            featureGate: 'GomaxprocsInjection',
          }),
        },
        'Which pools, which settings.',
      ),
      status: object(
        {
          observedGeneration: whole('int64', 'Generation that the status is about.'),
          conditions: looseConditions('Success or Failure, the latest last.'),
        },
        'What the controller made of it.',
      ),
    },
    { required: ['spec'] },
  ),
};
