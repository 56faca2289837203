import type { ResourceDefinition } from '../../resources/resource.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, templateColumns, textColumn } from '../columns/common.ts';
import { templateDefaults } from '../defaults/pod-spec.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, numberAt, textAt, valueAt } from '../read.ts';
import { formatSelector } from '../selectors.ts';
import { forbidden, invalid, notSupported } from '../validation/faults.ts';
import { immutable } from '../validation/immutable.ts';
import { atMost100Percent, intOrPercent, nonnegative, numberOf } from '../validation/numbers.ts';
import { workloadFaults } from '../validation/pod-template.ts';

/** `apps/v1` Deployment, stored only: nothing makes pods of it here. */
export const deploymentKind: ResourceDefinition = defineBuiltin({
  group: 'apps',
  kind: 'Deployment',
  resource: 'deployments',
  message: 'apps.Deployment',
  description: 'Pods of one template, replaced step by step.',
  namespaced: true,
  shortNames: ['deploy'],
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
    textColumn('Ready', 'Ready pods of those wanted', readyOf),
    textColumn('Up-to-date', 'Pods of the newest template', (object) => numberAt(object, 'status', 'updatedReplicas')),
    textColumn('Available', 'Pods that serve', (object) => numberAt(object, 'status', 'availableReplicas')),
    ageColumn,
    ...templateColumns((object) => formatSelector(valueAt(object, 'spec', 'selector'))),
  ],
  defaults: (object) => ({ ...object, spec: specDefaults(mapAt(object, 'spec')) }),
  faults,
  updateFaults: (object, old) =>
    immutable('spec.selector', valueAt(object, 'spec', 'selector'), valueAt(old, 'spec', 'selector')),
});

function readyOf(object: StoredObject): string {
  return `${numberAt(object, 'status', 'readyReplicas')}/${numberAt(object, 'spec', 'replicas')}`;
}

type Json = Readonly<Record<string, unknown>>;

function specDefaults(spec: Json): Json {
  return {
    ...templateDefaults(spec),
    replicas: valueAt(spec, 'replicas') ?? 1,
    strategy: strategyDefaults(mapAt(spec, 'strategy')),
    revisionHistoryLimit: valueAt(spec, 'revisionHistoryLimit') ?? 10,
    progressDeadlineSeconds: valueAt(spec, 'progressDeadlineSeconds') ?? 600,
  };
}

function strategyDefaults(strategy: Json): Json {
  const type = textAt(strategy, 'type') || 'RollingUpdate';
  if (type !== 'RollingUpdate') return { ...strategy, type };
  return { type, rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...mapAt(strategy, 'rollingUpdate') } };
}

function faults(object: StoredObject): FieldFault[] {
  const spec = mapAt(object, 'spec');
  return [
    ...nonnegative('spec.replicas', valueAt(spec, 'replicas')),
    ...workloadFaults(spec, 'deployment', 'ReplicaSet'),
    ...strategyFaults(mapAt(spec, 'strategy')),
    ...nonnegative('spec.minReadySeconds', valueAt(spec, 'minReadySeconds')),
    ...nonnegative('spec.revisionHistoryLimit', valueAt(spec, 'revisionHistoryLimit')),
    ...deadlineFaults(spec),
  ];
}

function strategyFaults(strategy: Json): FieldFault[] {
  const field = 'spec.strategy';
  const rolling = valueAt(strategy, 'rollingUpdate');
  switch (textAt(strategy, 'type')) {
    case 'Recreate':
      return rolling === undefined
        ? []
        : [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
    case 'RollingUpdate':
      return rollingFaults(rolling, `${field}.rollingUpdate`);
    default:
      return [notSupported(field, internalStrategy(strategy), ['Recreate', 'RollingUpdate'])];
  }
}

function rollingFaults(rolling: unknown, field: string): FieldFault[] {
  const [unavailable, surge] = [valueAt(rolling, 'maxUnavailable'), valueAt(rolling, 'maxSurge')];
  const stuck = numberOf(unavailable) === 0 && numberOf(surge) === 0;
  return [
    ...intOrPercent(`${field}.maxUnavailable`, unavailable),
    ...intOrPercent(`${field}.maxSurge`, surge),
    ...(stuck ? [invalid(`${field}.maxUnavailable`, unavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...atMost100Percent(`${field}.maxUnavailable`, unavailable),
  ];
}

function deadlineFaults(spec: Json): FieldFault[] {
  const deadline = numberAt(spec, 'progressDeadlineSeconds');
  const field = 'spec.progressDeadlineSeconds';
  return [
    ...nonnegative(field, deadline),
    ...(deadline <= numberAt(spec, 'minReadySeconds')
      ? [invalid(field, deadline, 'must be greater than minReadySeconds')]
      : []),
  ];
}

/** The strategy as the server shows it: by the names of its own fields. */
function internalStrategy(strategy: Json): unknown {
  return { Type: textAt(strategy, 'type'), RollingUpdate: valueAt(strategy, 'rollingUpdate') ?? null };
}
