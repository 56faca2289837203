import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { podSpecDefaults } from './pod-spec.ts';

type Json = Readonly<Record<string, unknown>>;

/** A Pod with what its author left out. */
export function podDefaults(pod: StoredObject): StoredObject {
  const spec = podSpecDefaults(mapAt(pod, 'spec'));
  return {
    ...pod,
    spec: {
      ...spec,
      ...(valueAt(spec, 'containers') !== undefined && { containers: withRequests(spec, 'containers') }),
      ...(valueAt(spec, 'initContainers') !== undefined && { initContainers: withRequests(spec, 'initContainers') }),
      enableServiceLinks: valueAt(spec, 'enableServiceLinks') ?? true,
    },
  };
}

// What is limited and not requested is requested in full; ports of the host network are those of the container.
function withRequests(spec: Json, name: string): Json[] {
  return listAt(spec, name).map((container) => {
    const limits = mapAt(container, 'resources', 'limits');
    const requests = { ...limits, ...mapAt(container, 'resources', 'requests') };
    const resources = { ...mapAt(container, 'resources'), ...(Object.keys(requests).length > 0 && { requests }) };
    return { ...(container as Json), resources, ...hostPorts(spec, container) };
  });
}

function hostPorts(spec: Json, container: unknown): Json {
  if (valueAt(spec, 'hostNetwork') !== true || valueAt(container, 'ports') === undefined) return {};
  const ports = listAt(container, 'ports').map((port) => ({
    ...(port as Json),
    hostPort: valueAt(port, 'hostPort') || valueAt(port, 'containerPort'),
  }));
  return { ports };
}

/** What the standard admission plug-ins add to a new Pod: its priority, and tolerations. */
export function podAdmitted(pod: StoredObject): StoredObject {
  const spec = mapAt(pod, 'spec');
  const priority = valueAt(spec, 'priority') ?? 0;
  const preemptionPolicy = textAt(spec, 'preemptionPolicy') || 'PreemptLowerPriority';
  return withDefaultTolerations({ ...pod, spec: { ...spec, priority, preemptionPolicy } });
}

/** Tolerates nodes that just became unreachable for five minutes, unless the pod says otherwise; on every write. */
export function withDefaultTolerations(pod: StoredObject): StoredObject {
  const tolerations = listAt(pod, 'spec', 'tolerations');
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((key) => !tolerations.some((toleration) => tolerates(toleration, key)))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
  if (missing.length === 0) return pod;
  return { ...pod, spec: { ...mapAt(pod, 'spec'), tolerations: [...tolerations, ...missing] } };
}

function tolerates(toleration: unknown, key: string): boolean {
  const [ownKey, effect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')];
  return (ownKey === key || ownKey === '') && (effect === 'NoExecute' || effect === '');
}
