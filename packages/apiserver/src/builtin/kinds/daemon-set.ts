import type { ResourceDefinition } from '../../resources/resource.ts';
import { jsonEqual } from '../../rest/equal.ts';
import { metadataOf, withMetadata } from '../../rest/metadata.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, countColumn, nameColumn, templateColumns, textColumn } from '../columns/common.ts';
import { templateDefaults } from '../defaults/pod-spec.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, numberAt, textAt, valueAt } from '../read.ts';
import { formatLabels, formatSelector } from '../selectors.ts';
import { invalid, notSupported, required } from '../validation/faults.ts';
import { immutable } from '../validation/immutable.ts';
import { atMost100Percent, intOrPercent, nonnegative, numberOf } from '../validation/numbers.ts';
import { workloadFaults } from '../validation/pod-template.ts';

/** `apps/v1` DaemonSet, stored only. */
export const daemonSetKind: ResourceDefinition = defineBuiltin({
  group: 'apps',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  message: 'apps.DaemonSet',
  description: 'One pod on every node of a kind.',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  statusSubresource: true,
  generation: true,
  columns: [
    nameColumn,
    statusColumn('Desired', 'desiredNumberScheduled', 'Nodes that should run the pod'),
    statusColumn('Current', 'currentNumberScheduled', 'Nodes that run the pod'),
    statusColumn('Ready', 'numberReady', 'Nodes whose pod is ready'),
    statusColumn('Up-to-date', 'updatedNumberScheduled', 'Nodes that run the newest template'),
    statusColumn('Available', 'numberAvailable', 'Nodes whose pod serves'),
    textColumn('Node Selector', 'Which nodes', (object) =>
      formatLabels(mapAt(object, 'spec', 'template', 'spec', 'nodeSelector')),
    ),
    ageColumn,
    ...templateColumns((object) => formatSelector(valueAt(object, 'spec', 'selector'))),
  ],
  defaults: (object) => ({ ...object, spec: specDefaults(mapAt(object, 'spec')) }),
  prepareCreate: (object) => withTemplateGeneration(object, 1),
  prepareUpdate: (object, old) => {
    const before = Number(metadataOf(old).annotations?.[templateGeneration] ?? 0);
    const template = valueAt(daemonSetKind.decode(object), 'spec', 'template');
    return withTemplateGeneration(object, jsonEqual(template, valueAt(old, 'spec', 'template')) ? before : before + 1);
  },
  faults,
  updateFirst: true,
  updateFaults: (object, old) =>
    immutable('spec.selector', valueAt(object, 'spec', 'selector'), valueAt(old, 'spec', 'selector')),
});

function statusColumn(name: string, member: string, description: string) {
  return countColumn(name, description, (object) => numberAt(object, 'status', member));
}

// A field of older versions of the kind, which the current one keeps as an annotation.
const templateGeneration = 'deprecated.daemonset.template.generation';

function withTemplateGeneration(object: StoredObject, generation: number): StoredObject {
  const annotations = { ...metadataOf(object).annotations, [templateGeneration]: String(generation) };
  return withMetadata(object, { annotations });
}

type Json = Readonly<Record<string, unknown>>;

function specDefaults(spec: Json): Json {
  return {
    ...templateDefaults(spec),
    updateStrategy: strategyDefaults(mapAt(spec, 'updateStrategy')),
    revisionHistoryLimit: valueAt(spec, 'revisionHistoryLimit') ?? 10,
  };
}

function strategyDefaults(strategy: Json): Json {
  const type = textAt(strategy, 'type') || 'RollingUpdate';
  if (type !== 'RollingUpdate') return { ...strategy, type };
  return { type, rollingUpdate: { maxUnavailable: 1, maxSurge: 0, ...mapAt(strategy, 'rollingUpdate') } };
}

function faults(object: StoredObject): FieldFault[] {
  const spec = mapAt(object, 'spec');
  return [
    ...workloadFaults(spec, 'daemonset', 'DaemonSet'),
    ...nonnegative('spec.minReadySeconds', valueAt(spec, 'minReadySeconds')),
    ...strategyFaults(mapAt(spec, 'updateStrategy')),
    ...nonnegative('spec.revisionHistoryLimit', valueAt(spec, 'revisionHistoryLimit')),
  ];
}

function strategyFaults(strategy: Json): FieldFault[] {
  const type = textAt(strategy, 'type');
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate')
    return [notSupported('spec.updateStrategy', internalStrategy(strategy), ['RollingUpdate', 'OnDelete'])];
  return rollingFaults(mapAt(strategy, 'rollingUpdate'), 'spec.updateStrategy.rollingUpdate');
}

function rollingFaults(rolling: Json, field: string): FieldFault[] {
  const [unavailable, surge] = [valueAt(rolling, 'maxUnavailable'), valueAt(rolling, 'maxSurge')];
  const [some, more] = [numberOf(unavailable) !== 0, numberOf(surge) !== 0];
  return [
    ...intOrPercent(`${field}.maxUnavailable`, unavailable),
    ...intOrPercent(`${field}.maxSurge`, surge),
    ...atMost100Percent(`${field}.maxUnavailable`, unavailable),
    ...atMost100Percent(`${field}.maxSurge`, surge),
    ...(some && more ? [invalid(`${field}.maxSurge`, surge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(!some && !more ? [required(`${field}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')] : []),
  ];
}

/** The strategy as the server shows it: by the names of its own fields. */
function internalStrategy(strategy: Json): unknown {
  return { Type: textAt(strategy, 'type'), RollingUpdate: valueAt(strategy, 'rollingUpdate') ?? null };
}
