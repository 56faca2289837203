import { compareQuantities, parseQuantity } from '@pullpath/api';
import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, scalarText } from '../read.ts';

/** `status.qosClass` of a Pod by the CPU and memory of its containers. Source: Kubernetes `qos.ComputePodQOS`. */
export function qosClassOf(pod: StoredObject): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')];
  const resources = containers.map((container) => ({
    requests: computeOf(mapAt(container, 'resources', 'requests')),
    limits: computeOf(mapAt(container, 'resources', 'limits')),
  }));
  if (resources.every(({ requests, limits }) => requests.size + limits.size === 0)) return 'BestEffort';
  return resources.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

function isGuaranteed({ requests, limits }: { requests: Map<string, string>; limits: Map<string, string> }): boolean {
  return ['cpu', 'memory'].every((name) => limits.has(name) && sameQuantity(requests.get(name), limits.get(name)));
}

/** CPU and memory above zero. */
function computeOf(resources: Readonly<Record<string, unknown>>): Map<string, string> {
  const entries = ['cpu', 'memory'].map((name) => [name, scalarText(resources, name) || '0'] as const);
  return new Map(entries.filter(([, value]) => !sameQuantity(value, '0')));
}

function sameQuantity(left = '', right = ''): boolean {
  const [a, b] = [parseQuantity(left), parseQuantity(right)];
  return a !== undefined && b !== undefined && compareQuantities(a, b) === 0;
}
