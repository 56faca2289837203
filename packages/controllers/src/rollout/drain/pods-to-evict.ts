import { type KubeObject, valueAt } from '@pullpath/api';

/**
 * The pods that leave a node before it is changed (`kubectl drain --force --ignore-daemonsets --delete-emptydir-data`, as
 * machine-config-operator drains): all but those that the kubelet itself or a DaemonSet would put there again.
 */
export function podsToEvict<T extends KubeObject>(pods: readonly T[]): readonly T[] {
  return pods.filter((pod) => !isMirror(pod) && !isOfDaemonSet(pod));
}

function isMirror({ metadata }: KubeObject): boolean {
  return metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
}

function isOfDaemonSet(pod: KubeObject): boolean {
  const owners = valueAt(pod, ['metadata', 'ownerReferences']);
  return (Array.isArray(owners) ? owners : []).some(
    (owner) => valueAt(owner, ['controller']) === true && valueAt(owner, ['kind']) === 'DaemonSet',
  );
}
