import type { Messages } from './field.ts';

/** Kinds of `policy/v1`. Source of names, numbers and list types: `k8s.io/api/policy/v1`. */
export const policy: Messages = {
  Eviction: {
    metadata: [1, 'meta.ObjectMeta always'],
    deleteOptions: [2, 'meta.DeleteOptions pointer'],
  },
  PodDisruptionBudget: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'PodDisruptionBudgetSpec always'],
    status: [3, 'PodDisruptionBudgetStatus always'],
  },
  PodDisruptionBudgetSpec: {
    minAvailable: [1, 'intOrString pointer'],
    selector: [2, 'meta.LabelSelector pointer'],
    maxUnavailable: [3, 'intOrString pointer'],
    unhealthyPodEvictionPolicy: [4, 'string pointer'],
  },
  PodDisruptionBudgetStatus: {
    observedGeneration: [1, 'int64'],
    disruptedPods: [2, 'map<time>'],
    disruptionsAllowed: [3, 'int32 always'],
    currentHealthy: [4, 'int32 always'],
    desiredHealthy: [5, 'int32 always'],
    expectedPods: [6, 'int32 always'],
    conditions: [7, '[]meta.Condition keys(type)'],
  },
};
