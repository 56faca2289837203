import { type KubeObject, valueAt } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { JsonObject } from '../../model.ts';
import type { FlagValues } from './flag-values.ts';
import { keyValues } from './key-values.ts';
import { offlineNote, type Platform } from './platform.ts';
import { servicesByIngress } from './services.ts';

/**
 * AWS. What exists in the cloud comes from the files that `create infra aws` and `create iam aws` wrote; without them the
 * objects lack it, with a note.
 */
export const awsPlatform: Platform = (flags, files) => {
  const [infra, iam] = [files.json('infra-json'), files.json('iam-json')];
  const tags = keyValues('additional-tags', flags.list('additional-tags'));
  const zones = zonesOf(infra.data, flags);
  return {
    spec: {
      infraID: textOf(infra.data, 'infraID') || undefined,
      issuerURL: textOf(iam.data, 'issuerURL') || undefined,
      ...networkOf(infra.data),
      dns: dnsOf(infra.data, flags),
      platform: { aws: awsOf(infra.data, iam.data, flags, zones, tags.pairs), type: 'AWS' },
      services: servicesByIngress(flags.text('name'), flags.text('external-dns-domain'), namedServices(flags)),
      ...encryptionOf(iam.data, flags),
    },
    ...(valueAt(infra.data, ['publicOnly']) === true && {
      annotations: { 'hypershift.openshift.io/aws-machine-public-ips': 'true' },
    }),
    proxy: proxyOf(infra.data),
    etcdStorageClass: 'gp3-csi',
    nodePools: zones.map((zone) => ({
      suffix: zone.name,
      platform: { aws: machineOf(iam.data, flags, zone), type: 'AWS' },
    })),
    upgradeType: 'Replace',
    resources: proxyResources(infra.data, flags),
    diagnostics: [...infra.diagnostics, ...iam.diagnostics, ...tags.diagnostics, ...notes(infra.data, iam.data, flags)],
  };
};

interface Zone {
  readonly name: string;
  readonly subnetID: string;
}

/** A cluster needs a NodePool in at least one zone; one without a name stands in when none is known. */
function zonesOf(infra: unknown, flags: FlagValues): readonly Zone[] {
  const listed = valueAt(infra, ['zones']);
  if (Array.isArray(listed))
    return listed.map((zone) => ({ name: textOf(zone, 'name'), subnetID: textOf(zone, 'subnetID') }));
  const named = flags.list('zones');
  return (named.length > 0 ? named : ['']).map((name) => ({ name, subnetID: '' }));
}

function dnsOf(infra: unknown, flags: FlagValues): JsonObject {
  const prefix = textOf(infra, 'baseDomainPrefix') || flags.text('base-domain-prefix');
  return {
    baseDomain: textOf(infra, 'baseDomain') || flags.text('base-domain'),
    baseDomainPrefix: prefix === 'none' ? '' : prefix || undefined,
    privateZoneID: textOf(infra, 'privateZoneID') || undefined,
    publicZoneID: textOf(infra, 'publicZoneID') || undefined,
  };
}

function networkOf(infra: unknown): JsonObject {
  const cidr = textOf(infra, 'machineCIDR');
  return cidr === '' ? {} : { machineNetwork: [{ cidr }] };
}

function awsOf(
  infra: unknown,
  iam: unknown,
  flags: FlagValues,
  [zone]: readonly Zone[],
  tags: Readonly<Record<string, string>>,
): JsonObject {
  const resourceTags = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return {
    cloudProviderConfig:
      infra === undefined
        ? undefined
        : {
            subnet: { id: zone?.subnetID },
            vpc: textOf(infra, 'vpcID'),
            zone: zone?.name,
          },
    endpointAccess: flags.text('endpoint-access'),
    multiArch: false,
    region: flags.text('region'),
    resourceTags: resourceTags.length > 0 ? resourceTags : undefined,
    rolesRef: valueAt(iam, ['roles']),
    ...sharedVpcOf(infra, iam),
  };
}

function sharedVpcOf(infra: unknown, iam: unknown): JsonObject {
  const [ingressARN, controlPlaneARN] = [textOf(iam, 'sharedIngressRoleARN'), textOf(iam, 'sharedControlPlaneRoleARN')];
  if (ingressARN === '' || controlPlaneARN === '') return {};
  const localZoneID = textOf(infra, 'localZoneID');
  return {
    additionalAllowedPrincipals: [controlPlaneARN],
    sharedVPC: { localZoneID, rolesRef: { controlPlaneARN, ingressARN } },
  };
}

function encryptionOf(iam: unknown, flags: FlagValues): JsonObject {
  const role = textOf(iam, 'kmsProviderRoleARN');
  if (role === '') return {};
  const aws = { activeKey: { arn: textOf(iam, 'kmsKeyARN') }, auth: { awsKms: role }, region: flags.text('region') };
  return { secretEncryption: { kms: { aws, provider: 'AWS' }, type: 'kms' } };
}

/** Host names of the services that only public endpoints have are left out otherwise. */
function namedServices(flags: FlagValues): readonly string[] {
  return flags.text('endpoint-access') === 'Public'
    ? ['APIServer', 'OAuthServer', 'Konnectivity', 'Ignition']
    : ['APIServer', 'OAuthServer'];
}

function machineOf(iam: unknown, flags: FlagValues, { subnetID }: Zone): JsonObject {
  const standard = flags.text('arch') === 'arm64' ? 'm6g.large' : 'm5.large';
  return {
    instanceProfile: textOf(iam, 'profileName') || undefined,
    instanceType: flags.text('instance-type') || standard,
    rootVolume: {
      encryptionKey: flags.text('root-volume-kms-key') || undefined,
      iops: flags.number('root-volume-iops'),
      size: flags.number('root-volume-size') ?? 120,
      type: flags.text('root-volume-type'),
    },
    subnet: subnetID === '' ? {} : { id: subnetID },
  };
}

function proxyOf(infra: unknown): JsonObject | undefined {
  const [httpProxy, secure] = [textOf(infra, 'proxyAddr'), textOf(infra, 'secureProxyAddr')];
  if (httpProxy === '' && secure === '') return undefined;
  const name = textOf(infra, 'proxyCA') === '' ? '' : `${textOf(infra, 'Name')}-proxy-ca`;
  return { httpProxy, httpsProxy: secure || httpProxy, trustedCA: { name } };
}

function proxyResources(infra: unknown, flags: FlagValues): readonly KubeObject[] {
  const [name, namespace] = [textOf(infra, 'Name'), flags.text('namespace')];
  const [ca, key] = [textOf(infra, 'proxyCA'), textOf(infra, 'proxyPrivateSSHKey')];
  const labels = { 'hypershift.openshift.io/safe-to-delete-with-cluster': 'true' };
  const bundle: KubeObject = {
    apiVersion: 'v1',
    data: { 'ca-bundle.crt': ca },
    kind: 'ConfigMap',
    metadata: { labels, name: `${name}-proxy-ca`, namespace },
  };
  const secret: KubeObject = {
    apiVersion: 'v1',
    data: { privatekey: key },
    kind: 'Secret',
    metadata: { labels, name: `${name}-proxy-ssh-key`, namespace },
  };
  return [...(ca === '' ? [] : [bundle]), ...(key === '' ? [] : [secret])];
}

function notes(infra: unknown, iam: unknown, flags: FlagValues): readonly Diagnostic[] {
  const hasDomain = flags.text('base-domain') !== '' || textOf(infra, 'baseDomain') !== '';
  return [
    ...(infra === undefined ? [missing('infra-json', 'VPC, subnets, zones and DNS zones')] : []),
    ...(iam === undefined ? [missing('iam-json', 'roles, instance profile and issuer URL')] : []),
    ...(hasDomain || infra !== undefined ? [] : [offlineNote('the cluster has no base domain', 'add --base-domain')]),
  ];
}

function missing(flag: string, what: string): Diagnostic {
  const created = flag === 'infra-json' ? 'infra' : 'iam';
  return offlineNote(`${what} are not known and left out`, `pass --${flag} with what "create ${created} aws" wrote`);
}

function textOf(data: unknown, field: string): string {
  const value = valueAt(data, [field]);
  return typeof value === 'string' ? value : '';
}
