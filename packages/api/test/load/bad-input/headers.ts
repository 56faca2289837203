/** Objects without metadata, and an install-config, which has no kind; 3 lines before what is wrong. */
export const imageSet = (text: string): string =>
  `apiVersion: mirror.openshift.io/v2alpha1\nkind: ImageSetConfiguration\nmirror:\n${text}`;
export const deleteImageSet = (text: string): string =>
  `apiVersion: mirror.openshift.io/v2alpha1\nkind: DeleteImageSetConfiguration\ndelete:\n${text}`;
export const installConfig = (text: string): string =>
  `apiVersion: v1\nbaseDomain: example.com\nmetadata: {name: a}\n${text}`;
export const secret = (text: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n${text}`;

/** Objects whose first lines are sound; the rows add what is wrong. `configMap` has 3 lines before it, the others 4 and more. */
function withSpec(apiVersion: string, kind: string, lines = ''): (spec: string) => string {
  return (spec) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec:\n${lines}${spec}`;
}

export const configMap = (text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${text}`;
export const idms: (spec: string) => string = withSpec('config.openshift.io/v1', 'ImageDigestMirrorSet');
export const itms: (spec: string) => string = withSpec('config.openshift.io/v1', 'ImageTagMirrorSet');
export const icsp: (spec: string) => string = withSpec('operator.openshift.io/v1alpha1', 'ImageContentSourcePolicy');
export const image: (spec: string) => string = withSpec('config.openshift.io/v1', 'Image');
export const nodePool: (spec: string) => string = withSpec('hypershift.openshift.io/v1beta1', 'NodePool');
export const pool: (spec: string) => string = withSpec('machineconfiguration.openshift.io/v1', 'MachineConfigPool');
export const runtimeConfig: (spec: string) => string = withSpec(
  'machineconfiguration.openshift.io/v1',
  'ContainerRuntimeConfig',
);
export const hostedCluster: (spec: string) => string = withSpec(
  'hypershift.openshift.io/v1beta1',
  'HostedCluster',
  '  release: {image: quay.io/ocp:4.21.0}\n  pullSecret: {name: p}\n  platform: {type: None}\n  services: []\n',
);
export const imagePolicy: (spec: string) => string = withSpec('config.openshift.io/v1', 'ClusterImagePolicy');
export const contentPolicy: (spec: string) => string = withSpec('config.openshift.io/v1', 'ImageContentPolicy');
export const clusterVersion: (spec: string) => string = withSpec(
  'config.openshift.io/v1',
  'ClusterVersion',
  '  clusterID: 00000000-0000-4000-8000-000000000000\n',
);
export const credentialProvider: (spec: string) => string = withSpec(
  'config.openshift.io/v1',
  'CRIOCredentialProviderConfig',
);
export const machineConfig: (spec: string) => string = withSpec(
  'machineconfiguration.openshift.io/v1',
  'MachineConfig',
);
export const kubeletConfig: (spec: string) => string = withSpec(
  'machineconfiguration.openshift.io/v1',
  'KubeletConfig',
);
export const disruptionPolicy: (policy: string) => string = withSpec(
  'operator.openshift.io/v1',
  'MachineConfiguration',
  '  managementState: Managed\n  nodeDisruptionPolicy:\n',
);
export const controlPlane: (spec: string) => string = withSpec('hypershift.openshift.io/v1beta1', 'HostedControlPlane');
