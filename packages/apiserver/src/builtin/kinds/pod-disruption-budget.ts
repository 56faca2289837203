import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, countColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, numberAt, scalarText, textAt, valueAt } from '../read.ts';
import { invalid, notSupported } from '../validation/faults.ts';
import { labelSelectorFaults } from '../validation/label-selector.ts';
import { atMost100Percent, intOrPercent } from '../validation/numbers.ts';

/** `policy/v1` PodDisruptionBudget. */
export const podDisruptionBudgetKind: ResourceDefinition = defineBuiltin({
  group: 'policy',
  kind: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  message: 'policy.PodDisruptionBudget',
  description: 'How many pods of an application may be down on purpose.',
  namespaced: true,
  shortNames: ['pdb'],
  statusSubresource: true,
  generation: true,
  columns: [
    nameColumn,
    textColumn('Min Available', 'Pods that must stay available', (object) => bound(object, 'minAvailable')),
    textColumn('Max Unavailable', 'Pods that may be unavailable', (object) => bound(object, 'maxUnavailable')),
    countColumn('Allowed Disruptions', 'Pods that may be evicted now', (object) =>
      numberAt(object, 'status', 'disruptionsAllowed'),
    ),
    ageColumn,
  ],
  faults,
  strategy: { needsResourceVersion: true },
});

function bound(object: StoredObject, member: string): string {
  return scalarText(object, 'spec', member) || 'N/A';
}

const policies = ['AlwaysAllow', 'IfHealthyBudget'];

function faults(object: StoredObject): FieldFault[] {
  const spec = mapAt(object, 'spec');
  const [least, most] = [valueAt(spec, 'minAvailable'), valueAt(spec, 'maxUnavailable')];
  const policy = textAt(spec, 'unhealthyPodEvictionPolicy');
  return [
    ...(least !== undefined && most !== undefined
      ? [invalid('spec', internalSpec(spec), 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...intOrPercent('spec.minAvailable', least),
    ...atMost100Percent('spec.minAvailable', least),
    ...intOrPercent('spec.maxUnavailable', most),
    ...atMost100Percent('spec.maxUnavailable', most),
    ...labelSelectorFaults(valueAt(spec, 'selector'), 'spec.selector'),
    ...(valueAt(spec, 'unhealthyPodEvictionPolicy') === undefined || policies.includes(policy)
      ? []
      : [notSupported('spec.unhealthyPodEvictionPolicy', policy, policies)]),
  ];
}

/** The spec as the server shows it: by the names of its own fields. */
function internalSpec(spec: Readonly<Record<string, unknown>>): unknown {
  return {
    MinAvailable: valueAt(spec, 'minAvailable') ?? null,
    Selector: valueAt(spec, 'selector') ?? null,
    MaxUnavailable: valueAt(spec, 'maxUnavailable') ?? null,
    UnhealthyPodEvictionPolicy: valueAt(spec, 'unhealthyPodEvictionPolicy') ?? null,
  };
}
