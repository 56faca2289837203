import type { Messages } from './field.ts';

/** Where pods may run. Source of names, numbers and list types: `k8s.io/api/core/v1`. */
export const coreScheduling: Messages = {
  Affinity: {
    nodeAffinity: [1, 'NodeAffinity pointer'],
    podAffinity: [2, 'PodAffinity pointer'],
    podAntiAffinity: [3, 'PodAntiAffinity pointer'],
  },
  NodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [1, 'NodeSelector pointer'],
    preferredDuringSchedulingIgnoredDuringExecution: [2, '[]PreferredSchedulingTerm'],
  },
  NodeSelector: {
    nodeSelectorTerms: [1, '[]NodeSelectorTerm always required'],
  },
  NodeSelectorRequirement: {
    key: [1, 'string always required'],
    operator: [2, 'string always required'],
    values: [3, '[]string'],
  },
  NodeSelectorTerm: {
    matchExpressions: [1, '[]NodeSelectorRequirement'],
    matchFields: [2, '[]NodeSelectorRequirement'],
  },
  PodAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [1, '[]PodAffinityTerm'],
    preferredDuringSchedulingIgnoredDuringExecution: [2, '[]WeightedPodAffinityTerm'],
  },
  PodAffinityTerm: {
    labelSelector: [1, 'meta.LabelSelector pointer'],
    namespaces: [2, '[]string'],
    topologyKey: [3, 'string always required'],
    namespaceSelector: [4, 'meta.LabelSelector pointer'],
    matchLabelKeys: [5, '[]string'],
    mismatchLabelKeys: [6, '[]string'],
  },
  PodAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [1, '[]PodAffinityTerm'],
    preferredDuringSchedulingIgnoredDuringExecution: [2, '[]WeightedPodAffinityTerm'],
  },
  PodSchedulingGate: {
    name: [1, 'string always required'],
  },
  PreferredSchedulingTerm: {
    weight: [1, 'int32 always required'],
    preference: [2, 'NodeSelectorTerm always required'],
  },
  Taint: {
    key: [1, 'string always required'],
    value: [2, 'string'],
    effect: [3, 'string always required'],
    timeAdded: [4, 'time pointer'],
  },
  Toleration: {
    key: [1, 'string'],
    operator: [2, 'string'],
    value: [3, 'string'],
    effect: [4, 'string'],
    tolerationSeconds: [5, 'int64 pointer'],
  },
  TopologySpreadConstraint: {
    maxSkew: [1, 'int32 always required'],
    topologyKey: [2, 'string always required'],
    whenUnsatisfiable: [3, 'string always required'],
    labelSelector: [4, 'meta.LabelSelector pointer'],
    minDomains: [5, 'int32 pointer'],
    nodeAffinityPolicy: [6, 'string pointer'],
    nodeTaintsPolicy: [7, 'string pointer'],
    matchLabelKeys: [8, '[]string'],
  },
  WeightedPodAffinityTerm: {
    weight: [1, 'int32 always required'],
    podAffinityTerm: [2, 'PodAffinityTerm always required'],
  },
};
