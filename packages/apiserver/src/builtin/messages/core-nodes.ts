import type { Messages } from './field.ts';

/** Nodes. Source of names, numbers and list types: `k8s.io/api/core/v1`. */
export const coreNodes: Messages = {
  AttachedVolume: {
    name: [1, 'string always required'],
    devicePath: [2, 'string always required'],
  },
  ContainerImage: {
    names: [1, '[]string always'],
    sizeBytes: [2, 'int64'],
  },
  DaemonEndpoint: {
    Port: [1, 'int32 always required'],
  },
  Node: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'NodeSpec always'],
    status: [3, 'NodeStatus always'],
  },
  NodeAddress: {
    type: [1, 'string always required'],
    address: [2, 'string always required'],
  },
  NodeAllocatableResourceClaimStatus: {
    resourceClaimName: [1, 'string always required'],
    containers: [2, '[]string set'],
    resources: [3, 'map<quantity> always required'],
  },
  NodeCondition: {
    type: [1, 'string always required'],
    status: [2, 'string always required'],
    lastHeartbeatTime: [3, 'time always'],
    lastTransitionTime: [4, 'time always'],
    reason: [5, 'string'],
    message: [6, 'string'],
  },
  NodeConfigSource: {
    configMap: [2, 'ConfigMapNodeConfigSource pointer'],
  },
  NodeConfigStatus: {
    assigned: [1, 'NodeConfigSource pointer'],
    active: [2, 'NodeConfigSource pointer'],
    lastKnownGood: [3, 'NodeConfigSource pointer'],
    error: [4, 'string'],
  },
  NodeDaemonEndpoints: {
    kubeletEndpoint: [1, 'DaemonEndpoint always'],
  },
  NodeFeatures: {
    supplementalGroupsPolicy: [1, 'bool pointer'],
  },
  NodeRuntimeHandler: {
    name: [1, 'string always'],
    features: [2, 'NodeRuntimeHandlerFeatures pointer'],
  },
  NodeRuntimeHandlerFeatures: {
    recursiveReadOnlyMounts: [1, 'bool pointer'],
    userNamespaces: [2, 'bool pointer'],
  },
  NodeSpec: {
    podCIDR: [1, 'string'],
    podCIDRs: [7, '[]string set'],
    providerID: [3, 'string'],
    unschedulable: [4, 'bool'],
    taints: [5, '[]Taint'],
    configSource: [6, 'NodeConfigSource pointer'],
    externalID: [2, 'string'],
  },
  NodeStatus: {
    capacity: [1, 'map<quantity>'],
    allocatable: [2, 'map<quantity>'],
    phase: [3, 'string'],
    conditions: [4, '[]NodeCondition keys(type)'],
    addresses: [5, '[]NodeAddress keys(type)'],
    daemonEndpoints: [6, 'NodeDaemonEndpoints always'],
    nodeInfo: [7, 'NodeSystemInfo always'],
    images: [8, '[]ContainerImage'],
    volumesInUse: [9, '[]string'],
    volumesAttached: [10, '[]AttachedVolume'],
    config: [11, 'NodeConfigStatus pointer'],
    runtimeHandlers: [12, '[]NodeRuntimeHandler'],
    features: [13, 'NodeFeatures pointer'],
    declaredFeatures: [14, '[]string'],
  },
  NodeSwapStatus: {
    capacity: [1, 'int64 pointer'],
  },
  NodeSystemInfo: {
    machineID: [1, 'string always required'],
    systemUUID: [2, 'string always required'],
    bootID: [3, 'string always required'],
    kernelVersion: [4, 'string always required'],
    osImage: [5, 'string always required'],
    containerRuntimeVersion: [6, 'string always required'],
    kubeletVersion: [7, 'string always required'],
    kubeProxyVersion: [8, 'string always required'],
    operatingSystem: [9, 'string always required'],
    architecture: [10, 'string always required'],
    swap: [11, 'NodeSwapStatus pointer'],
  },
};
