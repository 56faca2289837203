import { isIP } from 'node:net';
import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { compareTexts } from '../compare-texts.ts';
import { defineBuiltin } from '../define.ts';
import { listAt, mapAt, textAt, textsAt, valueAt } from '../read.ts';
import { duplicate, forbidden, invalid } from '../validation/faults.ts';
import { taintsFaults } from '../validation/taints.ts';

/** Core `v1` Node. */
export const nodeKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'Node',
  resource: 'nodes',
  message: 'core.Node',
  description: 'A machine that runs pods.',
  namespaced: false,
  shortNames: ['no'],
  statusSubresource: true,
  columns: [
    nameColumn,
    textColumn('Status', 'Whether the node is ready, and takes new pods', statusOf),
    textColumn('Roles', 'Roles by label', rolesOf),
    ageColumn,
    infoColumn('Version', 'kubeletVersion', 'Version of the kubelet', 0, ''),
    textColumn('Internal-IP', 'Address within the cluster', (object) => addressOf(object, 'InternalIP'), 1),
    textColumn('External-IP', 'Address from outside', (object) => addressOf(object, 'ExternalIP'), 1),
    infoColumn('OS-Image', 'osImage', 'Operating system', 1, '<unknown>'),
    textColumn('Kernel-Version', 'Version of the kernel', kernelOf, 1),
    infoColumn('Container-Runtime', 'containerRuntimeVersion', 'Runtime of containers', 1, '<unknown>'),
  ],
  defaults: (object) => ({ ...object, spec: withCidrs(mapAt(object, 'spec')), status: withAllocatable(object) }),
  faults: (object) => [...taintFaults(object), ...cidrFaults(textsAt(object, 'spec', 'podCIDRs'))],
  updateFaults,
  strategy: {
    // A node reports its first status with its creation.
    prepareCreate: (object) => nodeKind.decode(object),
    admitted: notReadyTainted,
    selectableFields: { 'spec.unschedulable': (object) => String(valueAt(object, 'spec', 'unschedulable') === true) },
  },
});

function infoColumn(name: string, member: string, description: string, priority: number, none: string) {
  return textColumn(name, description, (object) => textAt(object, 'status', 'nodeInfo', member) || none, priority);
}

function statusOf(object: StoredObject): string {
  const ready = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const word = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
  return valueAt(object, 'spec', 'unschedulable') === true ? `${word},SchedulingDisabled` : word;
}

const rolePrefix = 'node-role.kubernetes.io/';

function rolesOf(object: StoredObject): string {
  const labels = Object.entries(metadataOf(object).labels ?? {});
  const roles = labels.flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix) && key.length > rolePrefix.length) return [key.slice(rolePrefix.length)];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort(compareTexts).join(',') || '<none>';
}

function addressOf(object: StoredObject, type: string): string {
  const address = listAt(object, 'status', 'addresses').find((candidate) => textAt(candidate, 'type') === type);
  return address === undefined ? '<none>' : textAt(address, 'address');
}

function kernelOf(object: StoredObject): string {
  const architecture = textAt(object, 'status', 'nodeInfo', 'architecture');
  const kernel = textAt(object, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>';
  return architecture === '' ? kernel : `${kernel} (${architecture})`;
}

type Json = Readonly<Record<string, unknown>>;

// `podCIDR` is the first of `podCIDRs`; older clients know only the one.
function withCidrs(spec: Json): Json {
  const [one, many] = [textAt(spec, 'podCIDR'), textsAt(spec, 'podCIDRs')];
  if (one !== '' && many.length === 0) return { ...spec, podCIDRs: [one] };
  return many.length > 0 ? { ...spec, podCIDR: many[0] } : spec;
}

function withAllocatable(object: StoredObject): Json {
  const status = mapAt(object, 'status');
  const capacity = valueAt(status, 'capacity');
  return capacity !== undefined && valueAt(status, 'allocatable') === undefined
    ? { ...status, allocatable: capacity }
    : status;
}

// New nodes take no pods until someone has seen them ready (admission plug-in TaintNodesByCondition).
function notReadyTainted(object: StoredObject): StoredObject {
  const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
  const taints = listAt(object, 'spec', 'taints');
  const has = taints.some((other) => textAt(other, 'key') === taint.key && textAt(other, 'effect') === taint.effect);
  return has ? object : { ...object, spec: { ...mapAt(object, 'spec'), taints: [...taints, taint] } };
}

function taintFaults(object: StoredObject): FieldFault[] {
  return taintsFaults(listAt(object, 'spec', 'taints'), 'metadata.taints');
}

function cidrFaults(cidrs: readonly string[]): FieldFault[] {
  const why = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  return cidrs.flatMap((cidr, index) => (isCidr(cidr) ? [] : [invalid(`spec.podCIDRs[${index}]`, cidr, why)]));
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

function updateFaults(object: StoredObject, old: StoredObject): FieldFault[] {
  const [cidrs, before] = [textsAt(object, 'spec', 'podCIDRs'), textsAt(old, 'spec', 'podCIDRs')];
  const provider = textAt(old, 'spec', 'providerID');
  const moved = before.length > 0 && cidrs.join() !== before.join();
  const renamed = provider !== '' && provider !== textAt(object, 'spec', 'providerID');
  return [
    // Said twice, as the real server says it.
    ...taintFaults(object),
    ...repeatedAddresses(object),
    ...(moved ? [forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')] : []),
    ...(renamed
      ? [forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid')]
      : []),
  ];
}

function repeatedAddresses(object: StoredObject): FieldFault[] {
  const seen = new Set<string>();
  return listAt(object, 'status', 'addresses').flatMap((address, index) => {
    const identity = JSON.stringify([textAt(address, 'type'), textAt(address, 'address')]);
    const repeated = seen.has(identity);
    seen.add(identity);
    return repeated ? [duplicate(`status.addresses[${index}]`, address)] : [];
  });
}
