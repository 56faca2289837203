import type { ObjectMeta } from '@pullpath/api';

/** Labels and annotations that HyperShift and we put on objects of a hosted cluster. */
export const marks = {
  /** Label, `"true"`: written by the operator. */
  managed: 'hypershift.openshift.io/managed',
  /** Annotation: `namespace/name` of the HostedCluster that an object belongs to. */
  cluster: 'hypershift.openshift.io/cluster',
  /** Label of a core ignition ConfigMap, `"true"`. */
  coreConfig: 'hypershift.openshift.io/core-ignition-config',
  /** Label, `hosted`: a record of a hosted cluster's mirrors that configures nothing where it lies. */
  mirrorScope: 'hypershift.openshift.io/mirror-scope',
  /** Annotations of the last good copy of a mirror ConfigMap. */
  mirrorSource: 'hypershift.openshift.io/image-mirror-source',
  mirrorSourceUid: 'hypershift.openshift.io/image-mirror-source-uid',
  mirrorSourceVersion: 'hypershift.openshift.io/image-mirror-source-resource-version',
  mirrorHash: 'hypershift.openshift.io/image-mirror-hash',
  /** Annotation: the documents that rules come from, `configmap/<name>#<key>/<document>` each, joined by commas. */
  mirrorOrigin: 'hypershift.openshift.io/image-mirror-origin',
  /** Annotation of a mirror ConfigMap: how many HostedClusters may roll a revision out at once. */
  rolloutMaxConcurrent: 'hypershift.openshift.io/image-mirror-rollout-max-concurrent',
  /** Annotation of a HostedCluster, `"true"`: mirrors of the management cluster do not count for its lookups. */
  ignoreManagementMirrors: 'hypershift.openshift.io/ignore-management-mirrors',
  /** Annotation of a guest copy of a NodePool's mirror object: the pools that have it, joined by commas. */
  nodePools: 'hypershift.openshift.io/nodepools',
  /** Label of a hosted cluster's Node, and of what belongs to a NodePool. */
  nodePool: 'hypershift.openshift.io/nodePool',
  nodePoolCurrentConfig: 'hypershift.openshift.io/nodePoolCurrentConfig',
  nodePoolCurrentConfigVersion: 'hypershift.openshift.io/nodePoolCurrentConfigVersion',
  /** Annotation of a NodePool: hash of the cluster's mirrors that all its nodes have. */
  nodePoolCurrentMirrors: 'hypershift.openshift.io/nodePoolCurrentImageMirrors',
  ignitionConfig: 'hypershift.openshift.io/ignition-config',
  ignitionReached: 'hypershift.openshift.io/ignition-reached',
  tokenExpiration: 'hypershift.openshift.io/ignition-token-expiration-timestamp',
  tokenGenerated: 'hypershift.openshift.io/last-token-generation-time',
  upgradeType: 'hypershift.openshift.io/node-pool-upgrade-type',
} as const;

/** The last good copy of a mirror ConfigMap, in the control plane's namespace. */
export const mirrorCopyName = 'image-mirror-config';

/** The namespace of a hosted cluster's control plane: `clusters-my-cluster`. */
export function controlPlaneNamespace({ namespace = '', name = '' }: Pick<ObjectMeta, 'namespace' | 'name'>): string {
  return `${namespace}-${name.replaceAll('.', '-')}`;
}

/** The object that records a HostedCluster's `imageTagMirrorSet` on the management cluster. */
export function tagMirrorRecordName(clusterName: string): string {
  return `${clusterName}-image-tag-mirrors`;
}
