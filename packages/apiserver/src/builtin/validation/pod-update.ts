import { jsonEqual } from '../../rest/equal.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, valueAt } from '../read.ts';
import { forbidden, invalid } from './faults.ts';

const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** Faults of a change of a Pod: little of its spec may change. Source: Kubernetes `ValidatePodUpdate`. */
export function podUpdateFaults(pod: StoredObject, old: StoredObject): FieldFault[] {
  const [spec, before] = [mapAt(pod, 'spec'), mapAt(old, 'spec')];
  const counts = ['containers', 'initContainers'].filter(
    (name) => listAt(spec, name).length !== listAt(before, name).length,
  );
  if (counts.length > 0) {
    return counts.slice(0, 1).map((name) => forbidden(`spec.${name}`, 'pod updates may not add or remove containers'));
  }
  return [
    ...deadlineFaults(valueAt(spec, 'activeDeadlineSeconds'), valueAt(before, 'activeDeadlineSeconds')),
    ...tolerationFaults(listAt(spec, 'tolerations'), listAt(before, 'tolerations')),
    ...otherFaults(spec, before),
  ];
}

function deadlineFaults(value: unknown, old: unknown): FieldFault[] {
  const field = 'spec.activeDeadlineSeconds';
  if (typeof old !== 'number') return [];
  if (value === undefined) return [invalid(field, null, 'must not update from a positive integer to nil value')];
  return (value as number) > old ? [invalid(field, value, 'must be less than or equal to previous value')] : [];
}

// Only the seconds of a toleration may change.
function tolerationFaults(tolerations: readonly unknown[], old: readonly unknown[]): FieldFault[] {
  const timeless = (toleration: unknown) => ({ ...(toleration as object), tolerationSeconds: undefined });
  const kept = old.every((before) => tolerations.some((now) => jsonEqual(timeless(now), timeless(before))));
  return kept
    ? []
    : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

type Json = Readonly<Record<string, unknown>>;

function otherFaults(spec: Json, old: Json): FieldFault[] {
  const comparable = {
    ...spec,
    ...withImagesOf(spec, old, 'containers'),
    ...withImagesOf(spec, old, 'initContainers'),
    activeDeadlineSeconds: old['activeDeadlineSeconds'],
    schedulingGates: old['schedulingGates'],
    tolerations: old['tolerations'],
  };
  if (jsonEqual(comparable, old)) return [];
  return [forbidden('spec', `pod updates may not change fields other than ${changeable}`)];
}

function withImagesOf(spec: Json, old: Json, name: string): Json {
  if (valueAt(spec, name) === undefined) return {};
  const before = listAt(old, name);
  const list = listAt(spec, name).map((container, index) => ({
    ...(container as Json),
    image: valueAt(before[index], 'image'),
  }));
  return { [name]: list };
}
