import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, textAt, valueAt } from '../read.ts';
import { invalid } from '../validation/faults.ts';

/** `coordination.k8s.io/v1` Lease. */
export const leaseKind: ResourceDefinition = defineBuiltin({
  group: 'coordination.k8s.io',
  kind: 'Lease',
  resource: 'leases',
  message: 'coordination.Lease',
  description: 'A claim that someone holds for a time.',
  namespaced: true,
  columns: [
    nameColumn,
    textColumn('Holder', 'Who holds the lease', (object) => textAt(object, 'spec', 'holderIdentity')),
    ageColumn,
  ],
  // Fields of coordinated leader election, which is off.
  defaults: (object) => {
    const { strategy: _strategy, preferredHolder: _holder, ...spec } = mapAt(object, 'spec');
    return { ...object, spec };
  },
  faults,
  strategy: { createsOnUpdate: true, needsResourceVersion: true },
});

function faults(object: StoredObject): FieldFault[] {
  const duration = valueAt(object, 'spec', 'leaseDurationSeconds');
  const transitions = valueAt(object, 'spec', 'leaseTransitions');
  return [
    ...(typeof duration === 'number' && duration <= 0
      ? [invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...(typeof transitions === 'number' && transitions < 0
      ? [invalid('spec.leaseTransitions', transitions, 'must be greater than or equal to 0')]
      : []),
  ];
}
