import { applyPatch } from '../apply/apply-patch.ts';
import { parseJson, parseYaml } from '../body/decode-object.ts';
import { duplicateFields } from '../body/duplicate-fields.ts';
import { answerObject } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { mediaType } from '../http/negotiate.ts';
import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import { metadataOf, timestamp } from '../rest/metadata.ts';
import type { Mutated } from '../rest/rest.ts';
import { invalidValue } from '../status/field-faults.ts';
import { ApiError, badRequest, conflict, invalid, notFound, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { applyOther } from './apply-other.ts';
import { addressOf, type Call, largestBody, type Services } from './call.ts';
import { type BodyKind, bodyKindOf, strictFaults, wrongKind } from './decode-body.ts';
import { type CheckedOptions, writeOptions } from './write-options.ts';

const applyType = 'application/apply-patch+yaml';

/** `PATCH` of an object or of its status, in any of the four patch formats. */
export async function patchObject(services: Services, call: Call): Promise<ApiResponse> {
  const type = patchType(call);
  const options = writeOptions(call, 'PatchOptions', type === applyType);
  const text = (await call.request.body(largestBody)).toString();
  const apply = type === applyType ? applier(services, call, text, options) : patcher(call, type, text, options);
  let created = false;
  const object = await services.rest.mutate(call.resource, addressOf(call), options, (old) => {
    created = old === undefined;
    return apply(old);
  });
  return answerObject(created ? 201 : 200, call.resource, object, call.form);
}

function patchType({ resource, request }: Call): string {
  const types = [
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(resource.strategicMerge ? ['application/strategic-merge-patch+json'] : []),
    applyType,
  ];
  const type = mediaType(request.headers['content-type']) ?? '';
  if (!types.includes(type)) throw unsupportedMediaType(types);
  return type;
}

type Step = (old: StoredObject | undefined) => Mutated;

/** Server-side apply: creates what is not there. */
function applier(services: Services, call: Call, text: string, options: CheckedOptions): Step {
  const { resource, target } = call;
  const { object: config, duplicates } = parseYaml(text);
  const kind = bodyKindOf(resource);
  checkRepeats(call, duplicates, options);
  return (old) => {
    if (old === undefined && target.subresource !== '') throw notFound(resource, target.name);
    const live = old && current(resource, old);
    const { object } = applyPatch(resource, live, config, { ...options, time: timestamp(services.now()) });
    checkUnknown(call, kind, config, options);
    checkUid(call, old, object);
    return { object: resource.decode(object), tracked: true };
  };
}

function checkRepeats({ warnings }: Call, duplicates: readonly string[], { fieldValidation }: CheckedOptions): void {
  if (fieldValidation === 'Ignore' || duplicates.length === 0) return;
  const text = duplicates.map((path) => `key ${JSON.stringify(path.split('.').at(-1))} already set in map`).join(', ');
  if (fieldValidation === 'Strict')
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors: ${text}`);
  warnings.add(`error converting YAML to JSON: yaml: unmarshal errors: ${text}`);
}

// The live object keeps only what its kind knows, so unknown fields can only come from what is applied.
function checkUnknown(call: Call, kind: BodyKind, config: StoredObject, { fieldValidation }: CheckedOptions): void {
  if (fieldValidation === 'Ignore') return;
  const faults = strictFaults(kind, config, []);
  if (faults.length === 0) return;
  if (fieldValidation === 'Strict')
    throw badRequest(`failed to create typed patch object: strict decoding error: ${faults.join(', ')}`);
  for (const fault of faults) call.warnings.add(fault);
}

function checkUid({ resource, target }: Call, old: StoredObject | undefined, object: StoredObject): void {
  const { uid } = metadataOf(object);
  if (old || !uid) return;
  const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  throw conflict(resource, target.name, why);
}

function patcher(call: Call, type: string, text: string, options: CheckedOptions): Step {
  const { resource, target } = call;
  const kind = bodyKindOf(resource);
  const { patch, repeats } = readPatch(type, text);
  return (old) => {
    if (!old) throw notFound(resource, target.name);
    const patched = applyOther(type, resource, current(resource, old), patch);
    return { object: decodePatched(call, kind, patched, repeats, options), tracked: false };
  };
}

/** The stored object as its version reads it today. */
function current(resource: ResourceDefinition, old: StoredObject): StoredObject {
  const apiVersion = apiVersionOf(resource);
  return old['apiVersion'] === apiVersion ? old : { ...old, apiVersion };
}

function decodePatched(
  call: Call,
  kind: BodyKind,
  patched: StoredObject,
  repeats: readonly string[],
  { fieldValidation }: CheckedOptions,
): StoredObject {
  const wanted = apiVersionOf(kind);
  const refuse = (why: string): ApiError =>
    invalid({ group: '', kind: '' }, '', [invalidValue('patch', JSON.stringify(patched), why)]);
  if (patched['kind'] !== kind.kind && kind.custom) throw wrongKind(kind, patched);
  if (patched['kind'] !== kind.kind || patched['apiVersion'] !== wanted) {
    throw badRequest(
      `${patched['kind']} in version ${JSON.stringify(patched['apiVersion'])} cannot be handled as a ${kind.kind}`,
    );
  }
  const faults = fieldValidation === 'Ignore' ? [] : strictFaults(kind, patched, repeats);
  if (fieldValidation === 'Strict' && faults.length > 0) throw refuse(`strict decoding error: ${faults.join(', ')}`);
  for (const fault of faults) call.warnings.add(fault);
  return decoded(kind, patched, refuse);
}

function decoded(kind: BodyKind, patched: StoredObject, refuse: (why: string) => ApiError): StoredObject {
  try {
    return kind.decode(patched);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw refuse(error.message.replace(/^.* cannot be handled as a [^:]*: /, ''));
  }
}

interface ReadPatch {
  readonly patch: unknown;
  /** Members that the patch repeats. */
  readonly repeats: readonly string[];
}

function readPatch(type: string, text: string): ReadPatch {
  const refuse = (why: string): ApiError => badRequest(`error decoding patch: ${why}`);
  const patch = parseJson(text, refuse);
  const repeats = duplicateFields(text);
  if (type === 'application/json-patch+json') {
    if (!Array.isArray(patch))
      throw refuse(`json: cannot unmarshal ${jsonType(patch)} into Go value of type []handlers.jsonPatchOp`);
    return { patch, repeats: repeats.map((path) => `json patch ${path}`) };
  }
  if (jsonType(patch) !== 'object')
    throw refuse(`json: cannot unmarshal ${jsonType(patch)} into Go value of type map[string]interface {}`);
  return { patch, repeats };
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value;
}
