import { clusterVersion } from './cluster-version.ts';
import { configMap } from './config-map.ts';
import { containerRuntimeConfig } from './container-runtime-config.ts';
import { crioCredentialProviderConfig } from './crio-credential-provider-config.ts';
import { hostedCluster } from './hypershift/hosted-cluster.ts';
import { hostedControlPlane } from './hypershift/hosted-control-plane.ts';
import { nodePool } from './hypershift/node-pool.ts';
import { image } from './image.ts';
import { imageContentPolicy } from './image-content-policy.ts';
import { imageContentSourcePolicy } from './image-content-source-policy.ts';
import { imageDigestMirrorSet } from './image-digest-mirror-set.ts';
import { clusterImagePolicy } from './image-policies/cluster-image-policy.ts';
import { imagePolicy } from './image-policies/image-policy.ts';
import { imageTagMirrorSet } from './image-tag-mirror-set.ts';
import { deleteImageSetConfiguration, imageSetConfigurationV1, imageSetConfigurationV2 } from './imageset/index.ts';
import { installConfig } from './install-config.ts';
import { apiVersionOf, type KindDefinition } from './kind.ts';
import { kubeletConfig } from './kubelet-config.ts';
import { machineConfig } from './machine-config.ts';
import { machineConfigPool } from './machine-config-pool.ts';
import { machineConfiguration } from './machine-configuration/index.ts';
import { secret } from './secret.ts';

/** Every kind that is known. A new one is a file in this folder and a line here. */
export const kinds: readonly KindDefinition[] = [
  imageDigestMirrorSet,
  imageTagMirrorSet,
  imageContentSourcePolicy,
  imageContentPolicy,
  image,
  clusterImagePolicy,
  imagePolicy,
  crioCredentialProviderConfig,
  clusterVersion,
  machineConfig,
  machineConfigPool,
  containerRuntimeConfig,
  kubeletConfig,
  machineConfiguration,
  hostedCluster,
  hostedControlPlane,
  nodePool,
  configMap,
  secret,
  installConfig,
  imageSetConfigurationV1,
  imageSetConfigurationV2,
  deleteImageSetConfiguration,
];

const byName = new Map(kinds.map((definition) => [`${apiVersionOf(definition)} ${definition.kind}`, definition]));

/** The kind of that API version and name, exactly as an object spells them. */
export function findKind(apiVersion: string, kind: string): KindDefinition | undefined {
  return byName.get(`${apiVersion} ${kind}`);
}
