import { loadManifests } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { mediaType } from '../http/negotiate.ts';
import { ApiError, badRequest, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { duplicateFields } from './duplicate-fields.ts';
import { isDeeperThan } from './json-depth.ts';
import { syntaxFault } from './json-syntax.ts';
import { summary } from './summary.ts';

/** A body as an object, and the members that it repeats. */
export interface DecodedBody {
  readonly object: StoredObject;
  /** In the words of the decoder of that format. */
  readonly repeats: readonly string[];
}

/** What a body is when it does not say so itself. */
export interface BodyType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Bodies of custom resources must say it. */
  readonly custom: boolean;
}

/** Decodes `application/vnd.kubernetes.protobuf`. Throws `ApiError` 400. */
export type ProtobufDecoder = (bytes: Buffer) => StoredObject;

const deepest = 1000;
const objectTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** Reads the body of a create or update. Throws `ApiError` 415 for another media type, 400 for what cannot be parsed. */
export function decodeObject(
  bytes: Buffer,
  contentType: string | undefined,
  { protobuf, kind }: { protobuf: ProtobufDecoder; kind: BodyType },
): DecodedBody {
  switch (mediaType(contentType) ?? 'application/json') {
    case 'application/json':
      return decodeJson(bytes, kind);
    case 'application/yaml':
      return parseYaml(bytes.toString(), kind.custom ? undefined : kind);
    case 'application/vnd.kubernetes.protobuf':
      return { object: protobufObject(bytes, protobuf, kind), repeats: [] };
    default:
      throw unsupportedMediaType(objectTypes);
  }
}

function protobufObject(bytes: Buffer, protobuf: ProtobufDecoder, { kind }: BodyType): StoredObject {
  try {
    return protobuf(bytes);
  } catch (error) {
    if (!(error instanceof ApiError) || bytes.subarray(0, 4).equals(protobufMagic)) throw error;
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): ${error.message} (${summary(bytes)})`,
    );
  }
}

const protobufMagic = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

function decodeJson(bytes: Buffer, { kind, custom }: BodyType): DecodedBody {
  const text = bytes.toString();
  const unrecognized = (why: string): Error =>
    badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${summary(bytes)})`,
    );
  const value = parseJson(text, unrecognized);
  // To a typed decoder nothing is an object without fields.
  if (value === null && !custom) return { object: {}, repeats: [] };
  if (!isObject(value))
    throw unrecognized(`json: cannot unmarshal ${goTypeOf(value)} into Go value of type ${typeMeta}`);
  return { object: value, repeats: duplicateFields(text).map((path) => `duplicate field "${path}"`) };
}

const typeMeta = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

function isObject(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function goTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : value === null ? 'null' : typeof value;
}

/** Any JSON value; `refuse` makes the error of a text that is none, from what Go would say of it. */
export function parseJson(text: string, refuse: (why: string) => Error): unknown {
  if (isDeeperThan(text, deepest)) throw refuse('exceeded max depth');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(syntaxFault(text) ?? (error as Error).message);
  }
}

/** One object in YAML, or in JSON, with the repeated members. Throws `ApiError` 400. */
export function parseYaml(text: string, type?: BodyType): DecodedBody {
  if (text.trimStart().startsWith('{')) return parseFlow(text);
  const { objects, diagnostics } = loadManifests([{ file: 'body', text: type ? withType(text, type) : text }]);
  const faults = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'yaml-duplicate-key');
  const [only, ...others] = objects;
  if (faults.length > 0 || !only || others.length > 0) {
    const why = faults[0] ? `yaml: line ${faults[0].at?.start.line ?? 0}: ${faults[0].message}` : 'expected one object';
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`);
  }
  const repeats = diagnostics
    .filter(({ code }) => code === 'yaml-duplicate-key')
    .map((found) => repeatText(text, found));
  return { object: only.object, repeats };
}

// Only objects that say what they are can be loaded. What is missing goes to the end, where it moves no line.
function withType(text: string, { group, version, kind }: BodyType): string {
  const missing = (key: string): boolean => !new RegExp(`^${key}:`, 'm').test(text);
  const lines = [
    ...(missing('apiVersion') ? [`apiVersion: ${group === '' ? version : `${group}/${version}`}`] : []),
    ...(missing('kind') ? [`kind: ${kind}`] : []),
  ];
  return [text, ...lines].join('\n');
}

function repeatText(text: string, { at }: Diagnostic): string {
  const key = at ? text.slice(at.start.offset, at.end.offset) : '';
  return `line ${at?.start.line ?? 0}: key ${JSON.stringify(key)} already set in map`;
}

// JSON is YAML, and by far the most of it; the quick parser takes it unless it is YAML's own flow style.
function parseFlow(text: string): DecodedBody {
  const refuse = (why: string): Error => badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`);
  const value = parseJson(text, refuse);
  if (!isObject(value)) throw refuse('expected an object');
  return {
    object: value,
    repeats: duplicateFields(text).map((path) => `key ${JSON.stringify(path.split('.').at(-1))} already set in map`),
  };
}
