import { decodeTyped } from '../builtin/decode-typed.ts';
import { badRequest, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { decodeMessage } from './decode-message.ts';
import { protobufKind } from './kinds.ts';
import { magic } from './magic.ts';
import { malformed, readWire } from './wire.ts';

/**
 * Decodes a body of `application/vnd.kubernetes.protobuf`: the magic bytes, then `runtime.Unknown` around one object of a
 * built-in kind. Gives what JSON would give. Throws `ApiError` 400 for what is malformed or of another kind.
 */
export function decodeProtobuf(bytes: Buffer): StoredObject {
  if (!bytes.subarray(0, 4).equals(magic)) {
    throw badRequest('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  const { apiVersion, kind, raw, contentType } = readUnknown(bytes.subarray(4));
  if (contentType !== '' && contentType !== 'application/vnd.kubernetes.protobuf') {
    throw unsupportedMediaType(['application/vnd.kubernetes.protobuf']);
  }
  const typed = protobufKind(apiVersion, kind);
  if (!typed)
    throw badRequest(
      `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  return decodeTyped(typed, { apiVersion, kind, ...decodeMessage(typed.message, raw) });
}

interface Unknown {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
  readonly contentType: string;
}

function readUnknown(bytes: Buffer): Unknown {
  const fields = new Map(readWire(bytes).map(({ number, value }) => [number, value] as const));
  const type = new Map(readWire(run(fields.get(1))).map(({ number, value }) => [number, value] as const));
  return {
    apiVersion: run(type.get(1)).toString(),
    kind: run(type.get(2)).toString(),
    raw: run(fields.get(2)),
    contentType: run(fields.get(4)).toString(),
  };
}

function run(value: bigint | Buffer | undefined): Buffer {
  if (value === undefined) return Buffer.alloc(0);
  if (typeof value === 'bigint') throw malformed('wrong wire type');
  return value;
}
