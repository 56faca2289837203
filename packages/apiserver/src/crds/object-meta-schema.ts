import type { Schema } from '@pullpath/api';
import { decodeTyped } from '../builtin/decode-typed.ts';
import { schemaOfMessage } from '../builtin/schema-of-message.ts';
import type { StoredObject } from '../store/record.ts';

/** Structure of `metadata` of every object. */
export const objectMetaSchema: Schema = schemaOfMessage('meta.ObjectMeta');

/** The object with its metadata read as the typed `ObjectMeta` it is. Throws `ApiError` 400 in Go's words. */
export function withTypedMetadata(kind: { version: string; kind: string }, object: StoredObject): StoredObject {
  if (object['metadata'] === undefined) return object;
  // Places of faults are told from the root, so metadata is read as the member of a kind that has it.
  const { metadata = {} } = decodeTyped({ ...kind, message: 'core.ConfigMap' }, { metadata: object['metadata'] });
  return { ...object, metadata };
}
