import { encodeProtobuf } from '../protobuf/encode-object.ts';
import { isCustom } from '../resources/catalog.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { apiVersionOf } from '../resources/resource.ts';
import { metadataOf } from '../rest/metadata.ts';
import { ApiError, badRequest, type Status } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import type { ApiRequest, ApiResponse } from './exchange.ts';
import type { Page } from './list.ts';
import { protobufType, type Representation } from './representation.ts';
import { type RowObject, tableOf } from './table.ts';
import { toYaml } from './yaml.ts';

/** How an answer is written: what the client accepts, and what its query says of form. */
export interface AnswerForm extends Representation {
  readonly pretty: boolean;
  readonly rowObject: RowObject;
  readonly now: Date;
}

/** Reads `pretty` and `includeObject`. Throws `ApiError` 400. Tools that people read along with get indented answers. */
export function answerForm(request: ApiRequest, representation: Representation, now: Date): AnswerForm {
  const rowObject = representation.shape.as === 'table' ? rowObjectOf(request) : 'Metadata';
  const pretty = representation.indented === true || isPretty(request);
  return { ...representation, pretty, rowObject, now };
}

/** Whether an answer is indented: by `pretty`, else where the client is one that people read along with. */
export function isPretty({ query, headers }: ApiRequest): boolean {
  const asked = query.get('pretty');
  if (asked !== null) return asked !== 'false' && asked !== '0';
  const agent = headers['user-agent'] ?? '';
  return ['curl', 'Wget', 'Mozilla/5.0'].some((name) => agent.startsWith(name));
}

function rowObjectOf({ query }: ApiRequest): RowObject {
  const asked = query.get('includeObject') || 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  const why = `Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`;
  throw badRequest(`Unable to convert to Table as requested: includeObject: ${why}`);
}

/** One object, in the shape that was asked for. */
export function answerObject(
  status: number,
  resource: ResourceDefinition,
  object: StoredObject,
  form: AnswerForm,
): ApiResponse {
  return answer(status, shaped(resource, object, form), form);
}

function shaped(resource: ResourceDefinition, object: StoredObject, { shape, rowObject, now }: AnswerForm): unknown {
  switch (shape.as) {
    case 'objects':
      return object;
    case 'metadata':
      if (shape.ofList) throw wrongMetadata('PartialObjectMetadataList', `not a list (${goTypeOf(resource)})`);
      return metadataOnly(object, shape.version);
    case 'table': {
      const { resourceVersion } = metadataOf(object);
      return tableOf(resource, [object], { version: shape.version, rowObject, now, listMetadata: { resourceVersion } });
    }
  }
}

function wrongMetadata(asked: string, given: string): ApiError {
  return new ApiError(406, 'NotAcceptable', `you requested ${asked}, but the requested object is ${given}`);
}

/** How the real server names the type of an object in such messages. */
function goTypeOf(resource: ResourceDefinition, suffix: '' | 'List' = ''): string {
  if (isCustom(resource)) return `*unstructured.Unstructured${suffix}`;
  const group = resource.group === '' ? 'core' : resource.group.split('.')[0];
  return `*${group}.${resource.kind}${suffix}`;
}

function metadataOnly(object: StoredObject, version: string): StoredObject {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object['metadata'] };
}

/** A stored object as it is: its bytes are there already. */
export function answerRecord(resource: ResourceDefinition, record: StoredRecord, form: AnswerForm): ApiResponse {
  if (form.shape.as !== 'objects' || form.format !== 'json' || form.pretty) {
    return answerObject(200, resource, record.object, form);
  }
  return jsonBytes(200, [record.bytes, newline]);
}

/** One page of a list. */
export function answerList(resource: ResourceDefinition, page: Page, form: AnswerForm): ApiResponse {
  const { shape, rowObject, now } = form;
  const objects = page.records.map(({ object }) => object);
  if (shape.as === 'table') {
    const options = { version: shape.version, rowObject, now, listMetadata: page.metadata };
    return answer(200, tableOf(resource, objects, options), form);
  }
  if (shape.as === 'metadata') {
    if (!shape.ofList) throw wrongMetadata('PartialObjectMetadata', `a list (${goTypeOf(resource, 'List')})`);
    const items = objects.map((object) => metadataOnly(object, shape.version));
    const apiVersion = `meta.k8s.io/${shape.version}`;
    return answer(200, { kind: 'PartialObjectMetadataList', apiVersion, metadata: page.metadata, items }, form);
  }
  return form.format === 'json' && !form.pretty ? listBytes(resource, page) : answer(200, listOf(resource, page), form);
}

/** The list object of a page. Items of built-in kinds carry no type of their own, as typed lists do not. */
export function listOf(resource: ResourceDefinition, page: Page): StoredObject {
  const items = page.records.map(({ object }) => (isCustom(resource) ? object : untyped(object)));
  return { ...listHead(resource, page), items };
}

function untyped({ apiVersion: _version, kind: _kind, ...object }: StoredObject): StoredObject {
  return object;
}

function listHead(resource: ResourceDefinition, { metadata }: Page): StoredObject {
  // Lists of custom resources always say where they go on.
  const full = isCustom(resource) ? { continue: '', ...metadata } : metadata;
  return { kind: resource.listKind, apiVersion: apiVersionOf(resource), metadata: full };
}

/** The same list put together from bytes that exist already: nothing is serialised again. */
function listBytes(resource: ResourceDefinition, page: Page): ApiResponse {
  const head = JSON.stringify(listHead(resource, page)).slice(0, -1);
  const chunks: Buffer[] = [Buffer.from(`${head},"items":[`)];
  const type = isCustom(resource) ? undefined : typePrefix(resource);
  for (const [index, record] of page.records.entries()) {
    if (index > 0) chunks.push(comma);
    if (type && record.bytes.subarray(0, type.length).equals(type))
      chunks.push(brace, record.bytes.subarray(type.length));
    else chunks.push(record.bytes);
  }
  return jsonBytes(200, [...chunks, Buffer.from(']}\n')]);
}

// Objects are stored with their type first.
function typePrefix(resource: ResourceDefinition): Buffer {
  const type = JSON.stringify({ apiVersion: apiVersionOf(resource), kind: resource.kind });
  return Buffer.from(`${type.slice(0, -1)},`);
}

const newline = Buffer.from('\n');
const comma = Buffer.from(',');
const brace = Buffer.from('{');

const uncached = { 'cache-control': 'no-cache, private' };

function jsonBytes(status: number, chunks: readonly Buffer[]): ApiResponse {
  return { status, headers: { ...uncached, 'content-type': 'application/json' }, body: Buffer.concat(chunks) };
}

/** Any value in the format that was asked for. */
export function answer(
  status: number,
  value: unknown,
  { format, pretty }: Pick<AnswerForm, 'format' | 'pretty'>,
): ApiResponse {
  const bytes = format === 'protobuf' && isMap(value) ? encodeProtobuf(value) : undefined;
  if (bytes) return { status, headers: { ...uncached, 'content-type': protobufType }, body: bytes };
  const text = format === 'yaml' ? toYaml(value) : jsonText(value, pretty);
  const type = format === 'yaml' ? 'application/yaml' : 'application/json';
  return { status, headers: { ...uncached, 'content-type': type }, body: Buffer.from(text) };
}

function isMap(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Only the compact form ends in a newline.
function jsonText(value: unknown, pretty: boolean): string {
  return pretty ? JSON.stringify(value, null, 2) : `${JSON.stringify(value)}\n`;
}

/** A refusal as its Status, with `Retry-After` where it says when to come back. */
export function answerError(error: ApiError, form: Pick<AnswerForm, 'format' | 'pretty'>): ApiResponse {
  const response = answer(error.status.code, error.status, form);
  const seconds = error.status.details?.retryAfterSeconds;
  if (seconds === undefined) return response;
  return { ...response, headers: { ...response.headers, 'retry-after': String(seconds) } };
}

/** What a deletion answers where the object is gone. */
export function deletedStatus(resource: ResourceDefinition, object: StoredObject): Status | StoredObject {
  const { name, uid } = metadataOf(object);
  const group = resource.group === '' ? {} : { group: resource.group };
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...group, kind: resource.resource, uid },
  };
}
