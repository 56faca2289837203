import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, countColumn, nameColumn, templateColumns } from '../columns/common.ts';
import { templateDefaults } from '../defaults/pod-spec.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, numberAt, valueAt } from '../read.ts';
import { formatSelector } from '../selectors.ts';
import { immutable } from '../validation/immutable.ts';
import { nonnegative } from '../validation/numbers.ts';
import { workloadFaults } from '../validation/pod-template.ts';

/** `apps/v1` ReplicaSet, stored only. */
export const replicaSetKind: ResourceDefinition = defineBuiltin({
  group: 'apps',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  message: 'apps.ReplicaSet',
  description: 'A number of equal pods.',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  statusSubresource: true,
  generation: true,
  scale: {
    specReplicas: '.spec.replicas',
    statusReplicas: '.status.replicas',
    labelSelector: '.spec.selector',
  },
  columns: [
    nameColumn,
    countColumn('Desired', 'Pods that are wanted', (object) => numberAt(object, 'spec', 'replicas')),
    countColumn('Current', 'Pods that exist', (object) => numberAt(object, 'status', 'replicas')),
    countColumn('Ready', 'Pods that are ready', (object) => numberAt(object, 'status', 'readyReplicas')),
    ageColumn,
    ...templateColumns((object) => formatSelector(valueAt(object, 'spec', 'selector'))),
  ],
  defaults: (object) => {
    const spec = mapAt(object, 'spec');
    return { ...object, spec: { ...templateDefaults(spec), replicas: valueAt(spec, 'replicas') ?? 1 } };
  },
  faults,
  updateFaults: (object, old) =>
    immutable('spec.selector', valueAt(object, 'spec', 'selector'), valueAt(old, 'spec', 'selector')),
});

function faults(object: StoredObject): FieldFault[] {
  const spec = mapAt(object, 'spec');
  return [
    ...nonnegative('spec.replicas', valueAt(spec, 'replicas')),
    ...nonnegative('spec.minReadySeconds', valueAt(spec, 'minReadySeconds')),
    ...workloadFaults(spec, 'deployment', 'ReplicaSet'),
  ];
}
