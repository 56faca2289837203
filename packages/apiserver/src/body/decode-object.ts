import { loadManifests } from '@pullpath/api';
import { mediaType } from '../http/negotiate.ts';
import { badRequest, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { duplicateFields } from './duplicate-fields.ts';
import { isDeeperThan } from './json-depth.ts';

/** A body as an object, and the members that it repeats. */
export interface DecodedBody {
  readonly object: StoredObject;
  readonly duplicates: readonly string[];
}

/** Decodes `application/vnd.kubernetes.protobuf`; given by the caller so that JSON users do not load it. */
export type ProtobufDecoder = (bytes: Buffer) => StoredObject;

const deepest = 1000;
const objectTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** Reads the body of a create or update. Throws `ApiError` 415 for another media type, 400 for what cannot be parsed. */
export function decodeObject(bytes: Buffer, contentType: string | undefined, protobuf: ProtobufDecoder): DecodedBody {
  switch (mediaType(contentType) ?? 'application/json') {
    case 'application/json':
      return parseJson(bytes.toString());
    case 'application/yaml':
      return parseYaml(bytes.toString());
    case 'application/vnd.kubernetes.protobuf':
      return { object: protobuf(bytes), duplicates: [] };
    default:
      throw unsupportedMediaType(objectTypes);
  }
}

/** Any JSON text as an object, with the repeated members. Throws `ApiError` 400. */
export function parseJson(text: string): DecodedBody {
  if (isDeeperThan(text, deepest)) throw badRequest('error decoding: exceeded max depth');
  const object = parsed(text);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw badRequest('error decoding: the body of the request is not an object');
  }
  return { object: object as StoredObject, duplicates: duplicateFields(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding: ${(error as Error).message}`);
  }
}

function parseYaml(text: string): DecodedBody {
  const { objects, diagnostics } = loadManifests([{ file: 'body', text }]);
  const faults = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'yaml-duplicate-key');
  const [only, ...others] = objects;
  if (faults.length > 0 || !only || others.length > 0) {
    throw badRequest(`error converting YAML to JSON: ${faults[0]?.message ?? 'expected one object'}`);
  }
  const duplicates = diagnostics.filter(({ code }) => code === 'yaml-duplicate-key').map(({ path }) => path ?? '');
  return { object: only.object, duplicates };
}
