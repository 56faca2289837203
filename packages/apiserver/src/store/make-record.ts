import type { StoredObject, StoredRecord } from './record.ts';

/** The record of a new state; its object says at which revision it is. */
export function makeRecord(key: string, revision: number, object: StoredObject): StoredRecord {
  const stamped = withRevision(object, revision);
  return { key, revision, object: stamped, bytes: Buffer.from(JSON.stringify(stamped)) };
}

/**
 * The record of a state that was stored. Most objects of most logical clusters are never looked at while a server runs, so
 * that the object is made from the bytes when it is first asked for. Throws `SyntaxError` for bytes that no object is in.
 */
export function readRecord(key: string, revision: number, bytes: Buffer): StoredRecord {
  parse(bytes);
  return new ReadRecord(key, revision, bytes);
}

class ReadRecord implements StoredRecord {
  readonly key: string;
  readonly revision: number;
  readonly bytes: Buffer;
  #object: StoredObject | undefined;

  constructor(key: string, revision: number, bytes: Buffer) {
    this.key = key;
    this.revision = revision;
    this.bytes = bytes;
  }

  get object(): StoredObject {
    this.#object ??= parse(this.bytes);
    return this.#object;
  }
}

function parse(bytes: Buffer): StoredObject {
  return JSON.parse(bytes.toString());
}

function withRevision(object: StoredObject, revision: number): StoredObject {
  const metadata = object['metadata'] as StoredObject | undefined;
  return { ...object, metadata: { ...metadata, resourceVersion: String(revision) } };
}
