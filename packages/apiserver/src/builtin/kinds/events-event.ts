import type { Column, ResourceDefinition } from '../../resources/resource.ts';
import { dnsSubdomainFaults } from '../../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults } from '../../rest/object-meta.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject, StoredRecord } from '../../store/record.ts';
import { defineBuiltin } from '../define.ts';
import { numberAt, textAt, valueAt } from '../read.ts';
import { invalid, required } from '../validation/faults.ts';
import { immutable } from '../validation/immutable.ts';
import { eventFaults, eventKind } from './event.ts';

/** What the fields of an Event are called in `events.k8s.io` and in the core group. */
const names: readonly (readonly [string, string])[] = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];

const definition = defineBuiltin({
  group: 'events.k8s.io',
  kind: 'Event',
  resource: 'events',
  message: 'events.Event',
  description: 'Something that happened to an object; kept for an hour.',
  namespaced: true,
  shortNames: ['ev'],
  columns: eventKind.columns.map(ofCore),
  strategy: {
    createsOnUpdate: true,
    selectableFields: selectable(),
    validateCreate: (object) => [
      ...eventFaults(toCore(object), 'reportingController'),
      ...objectMetaFaults(object, dnsSubdomainFaults),
      ...createFaults(object),
    ],
    validateUpdate: (object, old) => [
      ...eventFaults(toCore(object), 'reportingController'),
      ...objectMetaUpdateFaults(object),
      ...updateFaults(object, old),
    ],
  },
});

/** `events.k8s.io/v1` Event: the events of the core group under other names, with stricter rules. */
export const eventsEventKind: ResourceDefinition = {
  ...definition,
  get schema() {
    return definition.schema;
  },
  alias: { group: eventKind.group, resource: eventKind.resource, fromStored: fromCore, toStored: toCore },
  read: shown,
};

function fromCore(object: StoredObject): StoredObject {
  const renamed = new Map(names.map(([own, core]) => [core, own] as const));
  return definition.decode({ ...rename(object, renamed), apiVersion: 'events.k8s.io/v1' });
}

function toCore(object: StoredObject): StoredObject {
  return eventKind.decode({ ...rename(object, new Map(names)), apiVersion: 'v1' });
}

function rename(object: StoredObject, renamed: ReadonlyMap<string, string>): StoredObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [renamed.get(name) ?? name, value] as const));
}

function shown(record: StoredRecord): StoredRecord {
  const object = fromCore(record.object);
  return { ...record, object, bytes: Buffer.from(JSON.stringify(object)) };
}

function ofCore(column: Column): Column {
  return { ...column, cell: (object, now) => column.cell(toCore(object), now) };
}

function selectable(): Record<string, (object: StoredObject) => string> {
  const regarding = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];
  return {
    ...Object.fromEntries(
      regarding.map(
        (name) => [`regarding.${name}`, (object: StoredObject) => textAt(object, 'regarding', name)] as const,
      ),
    ),
    reason: (object) => textAt(object, 'reason'),
    reportingController: (object) => textAt(object, 'reportingController'),
    type: (object) => textAt(object, 'type'),
  };
}

function createFaults(object: StoredObject): FieldFault[] {
  const type = textAt(object, 'type');
  return [
    ...seriesFaults(object),
    ...(valueAt(object, 'eventTime') === undefined ? [required('eventTime')] : []),
    ...(type === 'Normal' || type === 'Warning' ? [] : [invalid('type', '', `has invalid value: ${type}`)]),
    ...unset('firstTimestamp', valueAt(object, 'deprecatedFirstTimestamp') !== undefined),
    ...unset('lastTimestamp', valueAt(object, 'deprecatedLastTimestamp') !== undefined),
    ...unset('count', numberAt(object, 'deprecatedCount') !== 0),
    ...unset(
      'source',
      textAt(object, 'deprecatedSource', 'component') + textAt(object, 'deprecatedSource', 'host') !== '',
    ),
  ];
}

function unset(field: string, isSet: boolean): FieldFault[] {
  return isSet ? [invalid(field, '', 'needs to be unset')] : [];
}

function seriesFaults(object: StoredObject): FieldFault[] {
  if (valueAt(object, 'series') === undefined) return [];
  return [
    ...(numberAt(object, 'series', 'count') < 2 ? [invalid('series.count', '', 'should be at least 2')] : []),
    ...(valueAt(object, 'series', 'lastObservedTime') === undefined ? [required('series.lastObservedTime')] : []),
  ];
}

/** Only the series may change. */
function updateFaults(object: StoredObject, old: StoredObject): FieldFault[] {
  const [now, before] = [toCore(object), toCore(old)];
  const fixed = ['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count', 'type'];
  const more = ['eventTime', 'action', 'related', 'reportingInstance'];
  const changed = [...fixed, ...more].flatMap((field) => immutable(field, now[field], before[field]));
  const isSameSeries = JSON.stringify(now['series']) === JSON.stringify(before['series']);
  return [...(isSameSeries ? [] : seriesFaults(object)), ...changed];
}
