import { encodeMessage } from './encode-message.ts';
import { protobufKind } from './kinds.ts';
import { magic } from './magic.ts';
import { runField } from './write-wire.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * An object, a list or a Status as a body of `application/vnd.kubernetes.protobuf`: the magic bytes, then `runtime.Unknown`
 * around it. Undefined for a kind that has no message here.
 */
export function encodeProtobuf(object: Json): Buffer | undefined {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const raw = messageOf(apiVersion, kind, object);
  if (!raw) return undefined;
  const type = Buffer.concat([runField(1, apiVersion), runField(2, kind)]);
  return Buffer.concat([magic, runField(1, type), runField(2, raw), runField(3, ''), runField(4, '')]);
}

/** One event of a watch: its length in four bytes, then a `WatchEvent` around the object. */
export function encodeWatchFrame(type: string, object: Json): Buffer {
  const encoded = encodeProtobuf(object);
  if (!encoded) throw new Error(`no message for ${String(object['kind'])}`);
  const event = Buffer.concat([runField(1, type), runField(2, runField(1, encoded))]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}

/** Whether objects of a kind, and lists of them, can be written. */
export function hasProtobuf(apiVersion: string, kind: string): boolean {
  return protobufKind(apiVersion, kind) !== undefined;
}

function messageOf(apiVersion: string, kind: string, object: Json): Buffer | undefined {
  if (apiVersion === 'v1' && kind === 'Status') return encodeMessage('meta.Status', object);
  const typed = protobufKind(apiVersion, kind);
  if (typed) return encodeMessage(typed.message, object);
  const item = kind.endsWith('List') ? protobufKind(apiVersion, kind.slice(0, -'List'.length)) : undefined;
  return item && encodeList(item.message, object);
}

/** Every list has its metadata, then its items. */
function encodeList(message: string, { metadata, items }: Json): Buffer {
  const list = Array.isArray(items) ? items : [];
  return Buffer.concat([
    runField(1, encodeMessage('meta.ListMeta', isMap(metadata) ? metadata : {})),
    ...list.map((item) => runField(2, encodeMessage(message, item))),
  ]);
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
