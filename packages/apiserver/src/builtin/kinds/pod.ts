import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { conditionIs, restartsText, summarizePod } from '../columns/pod-status.ts';
import { podAdmitted, podDefaults, withDefaultTolerations } from '../defaults/pod.ts';
import { qosClassOf } from '../defaults/qos-class.ts';
import { defineBuiltin } from '../define.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { invalid } from '../validation/faults.ts';
import { podSpecFaults } from '../validation/pod-spec.ts';
import { podUpdateFaults } from '../validation/pod-update.ts';

/** Core `v1` Pod: stored, scheduled by name, drained; nothing runs its containers here. */
export const podKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'Pod',
  resource: 'pods',
  message: 'core.Pod',
  description: 'Containers that run together on one node.',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  statusSubresource: true,
  generation: true,
  columns: [
    nameColumn,
    textColumn('Ready', 'Ready containers of all', (object) => {
      const { ready, total } = summarizePod(object);
      return `${ready}/${total}`;
    }),
    textColumn('Status', 'What the containers do', (object) => summarizePod(object).status),
    textColumn('Restarts', 'How often containers were restarted', (object, now) =>
      restartsText(summarizePod(object), now),
    ),
    ageColumn,
    textColumn(
      'IP',
      'Address of the pod',
      (object) => textAt(listAt(object, 'status', 'podIPs')[0], 'ip') || '<none>',
      1,
    ),
    textColumn('Node', 'Node that runs the pod', (object) => textAt(object, 'spec', 'nodeName') || '<none>', 1),
    textColumn('Nominated Node', 'Node that is cleared for the pod', nominatedOf, 1),
    textColumn('Readiness Gates', 'Further conditions that hold', gatesOf, 1),
  ],
  rowConditions: endedConditions,
  defaults: podDefaults,
  prepareCreate: (object) => ({
    ...withPositiveGrace(object),
    status: { phase: 'Pending', qosClass: qosClassOf(podDefaults(object)) },
  }),
  prepareUpdate: withDefaultTolerations,
  faults: (object) => [...podSpecFaults(valueAt(object, 'spec'), 'spec'), ...imageFaults(object)],
  updateFaults: podUpdateFaults,
  strategy: {
    selectableFields: {
      'spec.nodeName': (object) => textAt(object, 'spec', 'nodeName'),
      'spec.restartPolicy': (object) => textAt(object, 'spec', 'restartPolicy'),
      'spec.schedulerName': (object) => textAt(object, 'spec', 'schedulerName'),
      'spec.serviceAccountName': (object) => textAt(object, 'spec', 'serviceAccountName'),
      'spec.hostNetwork': (object) => String(valueAt(object, 'spec', 'hostNetwork') === true),
      'status.phase': (object) => textAt(object, 'status', 'phase'),
      'status.podIP': (object) => textAt(object, 'status', 'podIP'),
      'status.podIPs': (object) => textAt(object, 'status', 'podIP'),
      'status.nominatedNodeName': (object) => textAt(object, 'status', 'nominatedNodeName'),
    },
    answersDeleted: true,
    admitted: podAdmitted,
    gracePeriodSeconds: graceOf,
    subresources: { binding: bound },
  },
});

// Once a negative period meant no grace at all.
function withPositiveGrace(object: StoredObject): StoredObject {
  const grace = valueAt(object, 'spec', 'terminationGracePeriodSeconds');
  if (typeof grace !== 'number' || grace >= 0) return object;
  return { ...object, spec: { ...mapAt(object, 'spec'), terminationGracePeriodSeconds: 1 } };
}

// Templates may have blanks, for those who always could.
function imageFaults(object: StoredObject): FieldFault[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    listAt(object, 'spec', list).flatMap((container, index) => {
      const image = textAt(container, 'image');
      if (image.trim() === image) return [];
      const why = 'must not have leading or trailing whitespace';
      return [invalid(`spec.${list}[${index}].image`, image, why)];
    }),
  );
}

function nominatedOf(object: StoredObject): string {
  return textAt(object, 'status', 'nominatedNodeName') || '<none>';
}

function gatesOf(object: StoredObject): string {
  const gates = listAt(object, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  if (gates.length === 0) return '<none>';
  return `${gates.filter((type) => conditionIs(object, type, 'True')).length}/${gates.length}`;
}

// Whoever runs the pod needs time to end it; where nobody does, it may go at once.
function graceOf(object: StoredObject, asked: number | undefined): number {
  const isOver = ['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase'));
  if (textAt(object, 'spec', 'nodeName') === '' || isOver) return 0;
  const wanted = asked ?? (valueAt(object, 'spec', 'terminationGracePeriodSeconds') as number | undefined) ?? 30;
  return wanted < 0 ? 1 : wanted;
}

/** The `binding` subresource: the pod with its node, and the condition that says so. */
function bound(object: StoredObject, old: StoredObject): StoredObject {
  const condition = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: null };
  const others = listAt(old, 'status', 'conditions').filter((other) => textAt(other, 'type') !== 'PodScheduled');
  return {
    ...old,
    metadata: { ...metadataOf(old), ...metadataOf(object) },
    spec: { ...mapAt(old, 'spec'), nodeName: textAt(object, 'spec', 'nodeName') },
    status: { ...mapAt(old, 'status'), conditions: [...others, condition] },
  };
}

/** How a table marks a Pod that has ended. Source: Kubernetes `printers/internalversion`. */
function endedConditions(pod: StoredObject): StoredObject[] {
  const reason = textAt(pod, 'status', 'phase');
  const messages = new Map([
    ['Succeeded', 'The pod has completed successfully.'],
    ['Failed', 'The pod failed.'],
  ]);
  const message = messages.get(reason);
  return message === undefined ? [] : [{ type: 'Completed', status: 'True', reason, message }];
}
