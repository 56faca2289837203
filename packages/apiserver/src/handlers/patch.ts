import { applyPatch } from '../apply/apply-patch.ts';
import { parseJson, parseYaml } from '../body/decode-object.ts';
import { duplicateFields } from '../body/duplicate-fields.ts';
import { answerObject } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { mediaType } from '../http/negotiate.ts';
import { goText, jsonKind } from '../patch/go-text.ts';
import { unknownPatchFields } from '../patch/json-patch.ts';
import { isJsonObject } from '../patch/json-value.ts';
import { isCustom } from '../resources/catalog.ts';
import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import { metadataOf, timestamp } from '../rest/metadata.ts';
import type { Mutated } from '../rest/write.ts';
import { invalidValue } from '../status/field-faults.ts';
import { ApiError, badRequest, conflict, invalid, notFound, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { applyOther, type PatchType } from './apply-other.ts';
import { addressOf, type Call, largestBody, type Services } from './call.ts';
import { type BodyKind, bodyKindOf, notRegistered, unknownFaults, wrongKind } from './decode-body.ts';
import { addWarnings } from './warnings.ts';
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
  addWarnings(call, object);
  return answerObject(created ? 201 : 200, call.resource, object, call.form);
}

function patchType({ resource, request }: Call): PatchType | typeof applyType {
  const types: (PatchType | typeof applyType)[] = [
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(resource.strategicMerge ? (['application/strategic-merge-patch+json'] as const) : []),
    applyType,
  ];
  const given = mediaType(request.headers['content-type']);
  const type = types.find((each) => each === given);
  if (type) return type;
  // Types that no built-in kind reads as a patch are refused before anyone says what is read.
  if (!isCustom(resource)) throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  throw unsupportedMediaType(types);
}

type Step = (old: StoredObject | undefined) => Mutated;

/** Server-side apply: creates what is not there. */
function applier(services: Services, call: Call, text: string, options: CheckedOptions): Step {
  const { resource, target } = call;
  const { object: config, repeats } = parseYaml(text);
  const kind = bodyKindOf(resource);
  checkRepeats(call, repeats, options);
  return (old) => {
    if (old === undefined && target.subresource !== '') throw notFound(resource, target.name);
    const live = old && current(resource, old);
    const { object } = applyPatch(resource, live, config, { ...options, time: timestamp(services.now()) });
    checkUnknown(call, kind, config, options);
    checkUid(call, old, object);
    // Who may patch may not therefore create.
    if (!old) services.authorizeCreate(call);
    return { object: resource.decode(object), tracked: true };
  };
}

function checkRepeats({ warnings }: Call, faults: readonly string[], { fieldValidation }: CheckedOptions): void {
  if (fieldValidation === 'Ignore' || faults.length === 0) return;
  if (fieldValidation === 'Strict') throw badRequest(`error strict decoding YAML: ${faults.join(', ')}`);
  for (const fault of faults) warnings.add(fault);
}

// The live object keeps only what its kind knows, so unknown fields can only come from what is applied.
function checkUnknown(call: Call, kind: BodyKind, config: StoredObject, { fieldValidation }: CheckedOptions): void {
  if (fieldValidation === 'Ignore') return;
  const faults = unknownFaults(kind, config);
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

function patcher(call: Call, type: PatchType, text: string, options: CheckedOptions): Step {
  const { resource, target } = call;
  const kind = bodyKindOf(resource);
  const { patch, repeats } = readPatch(type, text);
  return (old) => {
    if (!old) throw notFound(resource, target.name);
    const patched = applyOther(type, resource, current(resource, old), patch);
    const shown = type === 'application/strategic-merge-patch+json' ? goText(patch) : sortedJson(patched);
    return { object: decodePatched(call, kind, { patched, shown, repeats }, options), tracked: false };
  };
}

/** The stored object as its version reads it today. */
function current(resource: ResourceDefinition, old: StoredObject): StoredObject {
  const apiVersion = apiVersionOf(resource);
  return old['apiVersion'] === apiVersion ? old : { ...old, apiVersion };
}

interface Patched {
  readonly patched: StoredObject;
  /** What errors show of it. */
  readonly shown: string;
  /** Members that the patch repeats, or does not know. */
  readonly repeats: readonly string[];
}

function decodePatched(
  call: Call,
  kind: BodyKind,
  { patched, shown, repeats }: Patched,
  { fieldValidation }: CheckedOptions,
): StoredObject {
  const wanted = apiVersionOf(kind);
  const refuse = (why: string): ApiError => invalid({ group: '', kind: '' }, '', [invalidValue('patch', shown, why)]);
  if (kind.custom) checkCustomType(kind, patched, wanted);
  if (patched['kind'] !== kind.kind || patched['apiVersion'] !== wanted) {
    throw refuse(notRegistered(patched));
  }
  const faults = fieldValidation === 'Ignore' ? [] : [...repeats, ...unknownFaults(kind, patched)];
  if (fieldValidation === 'Strict' && faults.length > 0) throw refuse(`strict decoding error: ${faults.join(', ')}`);
  for (const fault of faults) call.warnings.add(fault);
  return decoded(kind, patched, refuse);
}

function checkCustomType(kind: BodyKind, patched: StoredObject, wanted: string): void {
  if (patched['kind'] !== kind.kind) throw wrongKind(kind, patched);
  if (patched['apiVersion'] === wanted) return;
  const fault = invalidValue('apiVersion', patched['apiVersion'], `must be ${wanted}`);
  throw invalid(kind, metadataOf(patched).name ?? '', [fault]);
}

/** As Go writes maps: members by name. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isJsonObject(member) ? Object.fromEntries(Object.entries(member).sort(byName)) : member,
  );
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
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
  /** Faults that strict decoding finds in the patch itself. */
  readonly repeats: readonly string[];
}

function readPatch(type: PatchType, text: string): ReadPatch {
  const prefix = type === 'application/strategic-merge-patch+json' ? '' : 'error decoding patch: ';
  const patch = parseJson(text, (why) => badRequest(`${prefix}${why}`));
  const repeats = duplicateFields(text).map((path) => `duplicate field "${path}"`);
  if (type === 'application/json-patch+json')
    return { patch, repeats: [...repeats.map((fault) => `json patch ${fault}`), ...unknownPatchFields(patch)] };
  if (jsonKind(patch) === 'object' || patch === null) return { patch, repeats };
  throw badRequest(`${prefix}json: cannot unmarshal ${jsonKind(patch)} into Go value of type map[string]interface {}`);
}
