import { applyPatch } from '../apply/apply-patch.ts';
import { parseJson, parseYaml } from '../body/decode-object.ts';
import { compileJsonPath } from '../crds/json-path.ts';
import { answer } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { mediaType } from '../http/negotiate.ts';
import { isCustom } from '../resources/catalog.ts';
import { apiVersionOf, type ScalePaths } from '../resources/resource.ts';
import { metadataOf, timestamp } from '../rest/metadata.ts';
import { invalidValue } from '../status/field-faults.ts';
import { badRequest, internalError, invalid, notFound, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { applyOther, type PatchType } from './apply-other.ts';
import { addressOf, type Call, largestBody, type Services } from './call.ts';
import { type BodyKind, readBody } from './decode-body.ts';
import { scaleSchema } from './scale-schema.ts';
import { type CheckedOptions, writeOptions } from './write-options.ts';

/** `GET`, `PUT` and `PATCH` of `…/scale`: the replicas of an object as `autoscaling/v1` Scale. */
export async function scale(services: Services, call: Call, paths: ScalePaths): Promise<ApiResponse> {
  if (call.request.method === 'GET') {
    const { object } = services.rest.get(call.resource, addressOf(call));
    if (isCustom(call.resource) && valueAt(object, paths.specReplicas) === undefined)
      throw internalError(`the spec replicas field ${JSON.stringify(paths.specReplicas)} does not exist`);
    return answer(200, scaleOf(object, paths), call.form);
  }
  const put = call.request.method === 'PUT';
  if (!put && mediaType(call.request.headers['content-type']) === applyType) return applyScale(services, call, paths);
  const options = writeOptions(call, put ? 'UpdateOptions' : 'PatchOptions');
  const change = put ? await replacement(services, call, options) : await patch(call);
  const object = await services.rest.mutate(call.resource, addressOf(call), options, (old) => {
    if (!old) throw notFound(call.resource, call.target.name);
    return { object: scaled(call, old, paths, change(scaleOf(old, paths))), tracked: false };
  });
  return answer(200, scaleOf(object, paths), call.form);
}

const applyType = 'application/apply-patch+yaml';

/** Server-side apply of a Scale is one of its replicas, at their place in the object that it scales. */
async function applyScale(services: Services, call: Call, paths: ScalePaths): Promise<ApiResponse> {
  const options = writeOptions(call, 'PatchOptions', true);
  const { object: config } = parseYaml((await call.request.body(largestBody)).toString());
  const object = await services.rest.mutate(call.resource, addressOf(call), options, (old) => {
    if (!old) throw notFound(call.resource, call.target.name);
    const time = timestamp(services.now());
    const applied = applyPatch(call.resource, old, replicasOf(call, config, paths), { ...options, time });
    return { object: applied.object, tracked: true };
  });
  return answer(200, scaleOf(object, paths), call.form);
}

/** The part of the scaled object that a Scale speaks for. */
function replicasOf({ resource }: Call, config: StoredObject, { specReplicas }: ScalePaths): StoredObject {
  const [apiVersion, kind] = [textOf(config['apiVersion']), textOf(config['kind'])];
  if (apiVersion !== 'autoscaling/v1' || kind !== 'Scale') {
    const slash = apiVersion.indexOf('/');
    const [group, version] = [apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1)];
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${kind}`);
  }
  const { name } = metadataOf(config);
  const own = { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: { name } };
  const replicas = (config['spec'] as StoredObject | undefined)?.['replicas'];
  return replicas === undefined ? own : withValueAt(own, stepsOf(specReplicas), replicas);
}

function stepsOf(path: string): string[] {
  return path.split('.').filter((step) => step !== '');
}

type Change = (scale: StoredObject) => StoredObject;

async function replacement(services: Services, call: Call, { fieldValidation }: CheckedOptions): Promise<Change> {
  const body = await readBody(call, scaleKind, fieldValidation, services.decodeProtobuf);
  const { name = '' } = metadataOf(body);
  if (name !== call.target.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${call.target.name})`);
  return () => body;
}

const patchTypes: readonly PatchType[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

async function patch(call: Call): Promise<Change> {
  const given = mediaType(call.request.headers['content-type']);
  const type = patchTypes.find((each) => each === given);
  if (!type) throw unsupportedMediaType(patchTypes);
  const text = (await call.request.body(largestBody)).toString();
  const document = parseJson(text, (why) => badRequest(`error decoding patch: ${why}`));
  // A Scale has no lists, so a strategic merge is a merge.
  const plain = type === 'application/strategic-merge-patch+json' ? 'application/merge-patch+json' : type;
  return (scale) => {
    const patched = applyOther(plain, call.resource, scale, document);
    const replicas = (patched['spec'] as StoredObject | undefined)?.['replicas'];
    if (replicas === undefined || typeof replicas === 'number') return patched;
    const why = `json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`;
    throw invalid({ group: '', kind: '' }, '', [invalidValue('patch', JSON.stringify(patched), why)]);
  };
}

const scaleKind: BodyKind = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  schema: scaleSchema,
  custom: false,
  decode: (body) => body,
};

function scaled({ target, resource }: Call, old: StoredObject, paths: ScalePaths, scale: StoredObject): StoredObject {
  const replicas = (scale['spec'] as StoredObject | undefined)?.['replicas'] ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas))
    throw badRequest(
      'Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32',
    );
  if (replicas < 0 && !isCustom(resource)) {
    const fault = invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0');
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, target.name, [fault]);
  }
  const { resourceVersion, uid } = metadataOf(scale);
  const metadata = { ...metadataOf(old), ...(resourceVersion && { resourceVersion }), ...(uid && { uid }) };
  return withValueAt({ ...old, metadata }, stepsOf(paths.specReplicas), replicas);
}

function withValueAt(object: StoredObject, [step, ...rest]: readonly string[], value: unknown): StoredObject {
  if (step === undefined) return object;
  const child = object[step];
  const inner = typeof child === 'object' && child !== null ? (child as StoredObject) : {};
  return { ...object, [step]: rest.length === 0 ? value : withValueAt(inner, rest, value) };
}

function scaleOf(object: StoredObject, paths: ScalePaths): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadataOf(object);
  const replicas = valueAt(object, paths.specReplicas);
  const selector = paths.labelSelector === undefined ? undefined : valueAt(object, paths.labelSelector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: typeof replicas === 'number' && replicas !== 0 ? { replicas } : {},
    status: { replicas: Number(valueAt(object, paths.statusReplicas) ?? 0), ...selectorText(selector) },
  };
}

/** Custom resources hold their selector as a text, built-in kinds as an object. */
function selectorText(selector: unknown): StoredObject {
  if (typeof selector === 'string') return selector === '' ? {} : { selector };
  if (typeof selector !== 'object' || selector === null) return {};
  const labels = (selector as StoredObject)['matchLabels'] ?? {};
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
  return text === '' ? {} : { selector: text };
}

function valueAt(object: StoredObject, path: string): unknown {
  return compileJsonPath(path)(object)[0];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
