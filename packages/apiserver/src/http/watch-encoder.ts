import { encodeWatchFrame } from '../protobuf/encode-object.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { ApiError } from '../status/status.ts';
import type { EventType, StoredObject, StoredRecord } from '../store/record.ts';
import type { AnswerForm } from './answer.ts';
import { tableOf } from './table.ts';
import type { WatchEncoder } from './watch.ts';

/** Encodes the events of one resource in the shape that a watch asked for. Watches of whole objects share their lines. */
export function watchEncoder(resource: ResourceDefinition, form: AnswerForm, now: () => Date): WatchEncoder {
  const { shape, rowObject } = form;
  if (form.format === 'protobuf') return frameEncoder(resource);
  if (shape.as === 'objects') return sharedEncoder(resource);
  const { as, version } = shape;
  const view = (object: StoredObject, withColumns: boolean): StoredObject =>
    as === 'metadata'
      ? { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object['metadata'] }
      : tableOf(resource, [object], { version, rowObject, now: now(), listMetadata: versionOf(object), withColumns });
  return {
    event: (type, record, first) => line(type, view(viewOf(resource, record).object, first)),
    bookmark: (revision, initialEventsEnd) => line('BOOKMARK', view(mark(resource, revision, initialEventsEnd), false)),
    error,
  };
}

function versionOf(object: StoredObject): StoredObject {
  const { resourceVersion } = object['metadata'] as StoredObject;
  return { resourceVersion };
}

const encoders = new WeakMap<ResourceDefinition, WatchEncoder>();

function sharedEncoder(resource: ResourceDefinition): WatchEncoder {
  const encoder = encoders.get(resource) ?? objectEncoder(resource);
  encoders.set(resource, encoder);
  return encoder;
}

function objectEncoder(resource: ResourceDefinition): WatchEncoder {
  // A record is sent under one type to almost every watch, so the last line of each is enough to share.
  const lines = new WeakMap<StoredRecord, { type: EventType; line: Buffer }>();
  return {
    event: (type, record) => {
      const known = lines.get(record);
      if (known?.type === type) return known.line;
      const made = { type, line: bytesLine(type, viewOf(resource, record).bytes) };
      lines.set(record, made);
      return made.line;
    },
    bookmark: (revision, initialEventsEnd) => line('BOOKMARK', mark(resource, revision, initialEventsEnd)),
    error,
  };
}

/** Events as frames of protobuf. */
function frameEncoder(resource: ResourceDefinition): WatchEncoder {
  return {
    event: (type, record) => encodeWatchFrame(type, viewOf(resource, record).object),
    bookmark: (revision, initialEventsEnd) => encodeWatchFrame('BOOKMARK', mark(resource, revision, initialEventsEnd)),
    error: ({ status }) => encodeWatchFrame('ERROR', { ...status }),
  };
}

function viewOf(resource: ResourceDefinition, record: StoredRecord): StoredRecord {
  return resource.read?.(record) ?? record;
}

function bytesLine(type: EventType, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{"type":"${type}","object":`), bytes, lineEnd]);
}

const lineEnd = Buffer.from('}\n');

function mark(resource: ResourceDefinition, revision: number, initialEventsEnd: boolean): StoredObject {
  const annotations = initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  const metadata = { resourceVersion: String(revision), ...annotations };
  return { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
}

function error({ status }: ApiError): Buffer {
  return line('ERROR', status);
}

function line(type: EventType | 'BOOKMARK' | 'ERROR', object: unknown): Buffer {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}
