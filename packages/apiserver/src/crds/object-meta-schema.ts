import type { Schema } from '@pullpath/api';
import { decodeTyped } from '../builtin/decode-typed.ts';
import { schemaOfMessage } from '../builtin/schema-of-message.ts';
import { jsonKind } from '../patch/go-text.ts';
import { badRequest } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { isMap } from './schema.ts';

/** Structure of `metadata` of every object. */
export const objectMetaSchema: Schema = schemaOfMessage('meta.ObjectMeta');

/** The object with its metadata read as the typed `ObjectMeta` it is. Throws `ApiError` 400 in Go's words. */
export function withTypedMetadata(kind: { version: string; kind: string }, object: StoredObject): StoredObject {
  const metadata = object['metadata'];
  if (metadata === undefined || metadata === null) return object;
  if (!isMap(metadata)) throw notAnObject(kind, metadata);
  return { ...object, metadata: decodeTyped({ ...kind, message: 'meta.ObjectMeta' }, metadata) };
}

function notAnObject({ version, kind }: { version: string; kind: string }, value: unknown): Error {
  const why = `json: cannot unmarshal ${jsonKind(value)} into Go value of type v1.ObjectMeta`;
  return badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}
