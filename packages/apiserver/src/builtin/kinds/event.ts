import { humanAge } from '../../http/table.ts';
import type { ResourceDefinition } from '../../resources/resource.ts';
import { metadataOf } from '../../rest/metadata.ts';
import { qualifiedNameFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { numberAt, textAt, valueAt } from '../read.ts';
import { invalid, invalidEach, required } from '../validation/faults.ts';

/** Core `v1` Event. */
export const eventKind: ResourceDefinition = defineBuiltin({
  group: '',
  kind: 'Event',
  resource: 'events',
  plainFinalizers: true,
  message: 'core.Event',
  description: 'Something that happened to an object; kept for an hour.',
  namespaced: true,
  shortNames: ['ev'],
  columns: [
    textColumn('Last Seen', 'Time since it last happened', (object, now) => lastSeen(object, now)),
    textColumn('Type', 'Normal or Warning', (object) => textAt(object, 'type')),
    textColumn('Reason', 'Why, in one word', (object) => textAt(object, 'reason')),
    textColumn('Object', 'What it happened to', targetOf),
    textColumn('Subobject', 'Part of the object', (object) => textAt(object, 'involvedObject', 'fieldPath'), 1),
    textColumn('Source', 'Who reports it', sourceOf, 1),
    textColumn('Message', 'What happened', (object) => textAt(object, 'message').trim()),
    textColumn('First Seen', 'Time since it first happened', (object, now) => firstSeen(object, now), 1),
    textColumn('Count', 'How often it happened', countOf, 1),
    { ...nameColumn, priority: 1 },
  ],
  nameFaults: () => [],
  faults: (object) => eventFaults(object, 'reportingComponent'),
  strategy: { selectableFields: selectable(), createsOnUpdate: true },
});

function firstSeen(object: StoredObject, now: Date): string {
  return humanAge(valueAt(object, 'firstTimestamp') ?? valueAt(object, 'eventTime'), now);
}

function lastSeen(object: StoredObject, now: Date): string {
  const series = valueAt(object, 'series', 'lastObservedTime');
  if (valueAt(object, 'series') !== undefined) return humanAge(series, now);
  const last = valueAt(object, 'lastTimestamp');
  return last === undefined ? firstSeen(object, now) : humanAge(last, now);
}

function targetOf(object: StoredObject): string {
  const kind = textAt(object, 'involvedObject', 'kind').toLowerCase();
  const name = textAt(object, 'involvedObject', 'name');
  return name === '' ? kind : `${kind}/${name}`;
}

function sourceOf(object: StoredObject): string {
  const component = textAt(object, 'source', 'component') || textAt(object, 'reportingComponent');
  const instance = textAt(object, 'source', 'host') || textAt(object, 'reportingInstance');
  return instance === '' ? component : `${component}, ${instance}`;
}

function countOf(object: StoredObject): number {
  if (valueAt(object, 'series') !== undefined) return numberAt(object, 'series', 'count');
  return numberAt(object, 'count') || 1;
}

function selectable(): Record<string, (object: StoredObject) => string> {
  const involved = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];
  const read =
    (...path: readonly string[]) =>
    (object: StoredObject) =>
      textAt(object, ...path);
  return {
    ...Object.fromEntries(involved.map((name) => [`involvedObject.${name}`, read('involvedObject', name)] as const)),
    reason: read('reason'),
    reportingComponent: read('reportingComponent'),
    source: (object) => textAt(object, 'source', 'component') || textAt(object, 'reportingComponent'),
    type: read('type'),
  };
}

/** Faults of an Event of the core group; `reporter` is what the API version calls who reports it. */
export function eventFaults(object: StoredObject, reporter: string): FieldFault[] {
  const namespace = metadataOf(object).namespace ?? '';
  const involved = textAt(object, 'involvedObject', 'namespace');
  const mismatch = [invalid('involvedObject.namespace', involved, 'does not match event.namespace')];
  if (valueAt(object, 'eventTime') === undefined) {
    return namespace === involved || (involved === '' && namespace === 'default') ? [] : mismatch;
  }
  const isForeign = involved === '' && namespace !== 'default' && namespace !== 'kube-system';
  return [...(isForeign ? mismatch : []), ...newStyleFaults(object, reporter)];
}

/** Events with an `eventTime` say who reports them and what was done. */
function newStyleFaults(object: StoredObject, reporter: string): FieldFault[] {
  const component = textAt(object, 'reportingComponent');
  return [
    ...(component === '' ? [required(reporter)] : []),
    ...invalidEach(reporter, component, qualifiedNameFaults(component)),
    ...boundedText(object, 'reportingInstance', 128),
    ...boundedText(object, 'action', 128),
    ...boundedText(object, 'reason', 128),
    ...lengthFaults(object, 'message', 1024),
  ];
}

function boundedText(object: StoredObject, field: string, limit: number): FieldFault[] {
  return [...(textAt(object, field) === '' ? [required(field)] : []), ...lengthFaults(object, field, limit)];
}

function lengthFaults(object: StoredObject, field: string, limit: number): FieldFault[] {
  const isLong = Buffer.byteLength(textAt(object, field)) > limit;
  return isLong ? [invalid(field, '', `can have at most ${limit} characters`)] : [];
}
