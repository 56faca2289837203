import type { KubeObject } from '@pullpath/api';
import type { JsonObject, MirrorRule } from '../../model.ts';
import { canonicalQuantity } from '../canonical-quantity.ts';
import type { FlagValues } from './flag-values.ts';
import { infraIdOf } from './infra-id.ts';
import { keyValues } from './key-values.ts';
import type { PlatformParts } from './platform.ts';

/** What the files of the flags add to a HostedCluster. */
export interface FileParts {
  readonly contentSources: readonly MirrorRule[];
  readonly tagMirrors: readonly MirrorRule[];
  readonly mirrorConfigName?: string | undefined;
  readonly hasTrustBundle: boolean;
  readonly hasSshKey: boolean;
}

/** The HostedCluster, with the members and the zero values that upstream's CLI prints. */
export function hostedClusterObject(flags: FlagValues, platform: PlatformParts, files: FileParts): KubeObject {
  const [name, namespace] = [flags.text('name'), flags.text('namespace')];
  const { machineNetwork = cidrs(flags, 'machine-cidr'), ...platformSpec } = platform.spec;
  return {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedCluster',
    metadata: {
      ...nonEmpty('annotations', annotationsOf(flags, platform)),
      ...nonEmpty('labels', keyValues('labels', flags.list('labels')).pairs),
      name,
      namespace,
    },
    spec: {
      ...commonSpec(flags, `${name}-pull-secret`),
      etcd: { managed: { storage: etcdStorage(flags, platform) }, managementType: 'Managed' },
      ...encryption(`${name}-etcd-encryption-key`),
      configuration: configurationOf(flags, platform),
      networking: networkingOf(flags, machineNetwork),
      infraID: flags.text('infra-id') || infraIdOf(namespace, name),
      sshKey: files.hasSshKey ? { name: `${name}-ssh-key` } : {},
      ...mirrorSpec(files),
      ...withoutUndefined(platformSpec),
    },
    status: { controlPlaneEndpoint: { host: '', port: 0 } },
  };
}

/** True when the cluster's etcd is encrypted by a key that is rendered too. */
export function hasEncryptionKey({ spec }: PlatformParts): boolean {
  return !Object.hasOwn(spec, 'secretEncryption');
}

function commonSpec(flags: FlagValues, pullSecret: string): JsonObject {
  return {
    autoscaling: {},
    capabilities: capabilitiesOf(flags),
    controllerAvailabilityPolicy: flags.text('control-plane-availability-policy'),
    fips: flags.isOn('fips'),
    infrastructureAvailabilityPolicy: flags.text('infra-availability-policy') || undefined,
    kubeAPIServerDNSName: flags.text('kas-dns-name') || undefined,
    ...nonEmpty('labels', keyValues('pods-labels', flags.list('pods-labels')).pairs),
    ...nonEmpty('nodeSelector', keyValues('node-selector', flags.list('node-selector')).pairs),
    olmCatalogPlacement: flags.text('olm-catalog-placement'),
    pausedUntil: flags.text('pausedUntil') || undefined,
    pullSecret: { name: pullSecret },
    release: { image: flags.text('release-image') },
  };
}

function mirrorSpec({ contentSources, tagMirrors, mirrorConfigName, hasTrustBundle }: FileParts): JsonObject {
  return {
    additionalTrustBundle: hasTrustBundle ? { name: 'user-ca-bundle' } : undefined,
    imageContentSources: contentSources.length > 0 ? contentSources.map(withoutPolicy) : undefined,
    imageTagMirrorSet: tagMirrors.length > 0 ? tagMirrors.map(withPolicy) : undefined,
    imageMirrorConfigRef: mirrorConfigName === undefined ? undefined : { name: mirrorConfigName },
  };
}

function withoutPolicy({ source, mirrors }: MirrorRule): JsonObject {
  return { source, mirrors: mirrors.length > 0 ? mirrors : undefined };
}

function withPolicy({ source, mirrors, policy }: MirrorRule): JsonObject {
  return { source, mirrors, ...(policy && { mirrorSourcePolicy: policy }) };
}

function annotationsOf(flags: FlagValues, platform: PlatformParts): Readonly<Record<string, string>> {
  const operator = flags.text('control-plane-operator-image');
  return {
    ...keyValues('annotations', flags.list('annotations')).pairs,
    ...(operator !== '' && { 'hypershift.openshift.io/control-plane-operator-image': operator }),
    ...platform.annotations,
  };
}

function configurationOf(flags: FlagValues, { proxy }: PlatformParts): JsonObject {
  const featureSet = flags.text('feature-set');
  return {
    proxy,
    featureGate: featureSet === '' ? undefined : { featureSet },
    operatorHub: flags.isOn('olm-disable-default-sources') ? { disableAllDefaultSources: true } : undefined,
  };
}

function networkingOf(flags: FlagValues, machineNetwork: unknown): JsonObject {
  const isEmpty = Array.isArray(machineNetwork) && machineNetwork.length === 0;
  return {
    clusterNetwork: cidrs(flags, 'cluster-cidr'),
    machineNetwork: isEmpty ? undefined : machineNetwork,
    networkType: flags.text('network-type'),
    serviceNetwork: cidrs(flags, 'service-cidr'),
  };
}

function cidrs(flags: FlagValues, flag: string): readonly JsonObject[] {
  return flags.list(flag).map((cidr) => ({ cidr }));
}

function capabilitiesOf(flags: FlagValues): JsonObject {
  const [enabled, disabled] = [flags.list('enable-cluster-capabilities'), flags.list('disable-cluster-capabilities')];
  return { ...(enabled.length > 0 && { enabled }), ...(disabled.length > 0 && { disabled }) };
}

function etcdStorage(flags: FlagValues, platform: PlatformParts): JsonObject {
  const storageClassName = flags.text('etcd-storage-class') || platform.etcdStorageClass;
  const size = canonicalQuantity(flags.text('etcd-storage-size'));
  return { persistentVolume: { size, storageClassName }, type: 'PersistentVolume' };
}

function encryption(keyName: string): JsonObject {
  return { secretEncryption: { aescbc: { activeKey: { name: keyName } }, type: 'aescbc' } };
}

function nonEmpty(field: string, record: Readonly<Record<string, string>>): JsonObject {
  return Object.keys(record).length === 0 ? {} : { [field]: record };
}

/** A platform that does not know a value leaves the common one. */
function withoutUndefined(spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}
