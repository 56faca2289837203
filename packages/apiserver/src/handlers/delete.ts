import { parseJson, parseYaml } from '../body/decode-object.ts';
import { answer, answerList, answerObject, deletedStatus } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { listPage, selectorOf } from '../http/list.ts';
import { parseFlag, parseListOptions } from '../http/list-options.ts';
import { mediaType } from '../http/negotiate.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { DeleteOptions } from '../rest/write.ts';
import { invalidValue, unsupportedValue } from '../status/field-faults.ts';
import { ApiError, badRequest, type FieldFault, invalid, unsupportedMediaType } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import { addressOf, type Call, largestBody, type Services } from './call.ts';
import { dryRunFaults } from './write-options.ts';

/** `DELETE` of one object: a Status where it is gone, else the object that waits for its finalizers. */
export async function deleteObject(services: Services, call: Call): Promise<ApiResponse> {
  const options = await deleteOptions(services, call);
  const { gone, object } = await services.rest.delete(call.resource, addressOf(call), options);
  if (gone && !call.resource.strategy.answersDeleted)
    return answer(200, deletedStatus(call.resource, object), call.form);
  return answerObject(200, call.resource, object, call.form);
}

/** `DELETE` of a collection: every object that the selectors match; answers the list of them. */
export async function deleteCollection(services: Services, call: Call): Promise<ApiResponse> {
  const options = await deleteOptions(services, call);
  const query = parseListOptions(call.request.query);
  const page = listPage(
    services.rest.store,
    call.resource,
    call.target,
    query,
    selectorOf(call.resource, call.request.query),
  );
  const deleted = await Promise.all(page.records.map((record) => deleteListed(services, call, options, record)));
  return answerList(call.resource, { ...page, records: deleted.flat() }, call.form);
}

async function deleteListed(
  { rest }: Services,
  { resource, target }: Call,
  options: DeleteOptions,
  record: StoredRecord,
): Promise<StoredRecord[]> {
  const { name = '', namespace = '' } = metadataOf(record.object);
  try {
    await rest.delete(resource, { cluster: target.cluster, namespace, name }, options);
    return [record];
  } catch (error) {
    // Someone else was quicker; what was asked for is so.
    if (error instanceof ApiError && error.status.code === 404) return [];
    throw error;
  }
}

/** Options of the body where there is one, else of the query. Throws `ApiError` 422 in the words of `ValidateDeleteOptions`. */
async function deleteOptions(services: Services, call: Call): Promise<DeleteOptions> {
  const bytes = await call.request.body(largestBody);
  const given = bytes.length > 0 ? bodyOptions(services, call, bytes) : queryOptions(call.request.query);
  const faults = optionFaults(given);
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', faults);
  const { uid, resourceVersion } = mapOf(given['preconditions']);
  const grace = given['gracePeriodSeconds'];
  return {
    dryRun: listOf(given['dryRun']).includes('All'),
    propagation: propagationOf(given),
    uid: textOf(uid),
    resourceVersion: textOf(resourceVersion),
    gracePeriodSeconds: typeof grace === 'number' ? grace : undefined,
    user: call.user,
  };
}

const bodyTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

function bodyOptions({ decodeProtobuf }: Services, { request }: Call, bytes: Buffer): StoredObject {
  const type = mediaType(request.headers['content-type']) ?? 'application/json';
  if (!bodyTypes.includes(type)) throw unsupportedMediaType(bodyTypes);
  const options =
    type === 'application/vnd.kubernetes.protobuf' ? decodeProtobuf(bytes) : parsed(bytes.toString(), type);
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = options;
  if (kind === 'DeleteOptions') return options;
  throw badRequest(
    `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
  );
}

function parsed(text: string, type: string): StoredObject {
  if (type === 'application/yaml') return parseYaml(text).object;
  return mapOf(parseJson(text, (why) => badRequest(`couldn't get version/kind; json parse error: ${why}`)));
}

function queryOptions(query: URLSearchParams): StoredObject {
  const orphan = parseFlag(query.get('orphanDependents'));
  const grace = query.get('gracePeriodSeconds');
  if (grace !== null && !/^-?\d{1,15}$/.test(grace))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`);
  return {
    dryRun: query.getAll('dryRun'),
    ...(query.get('propagationPolicy') ? { propagationPolicy: query.get('propagationPolicy') } : {}),
    ...(orphan === undefined ? {} : { orphanDependents: orphan }),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
  };
}

const policies = ['Foreground', 'Background', 'Orphan'];

function optionFaults(given: StoredObject): FieldFault[] {
  const policy = given['propagationPolicy'];
  const field = 'propagationPolicy';
  return [
    ...(typeof given['orphanDependents'] === 'boolean' && policy !== undefined && policy !== null
      ? [invalidValue(field, policy, 'orphanDependents and deletionPropagation cannot be both set')]
      : []),
    ...(policy === undefined || policy === null || policies.some((each) => each === policy)
      ? []
      : [unsupportedValue(field, policy, [...policies, 'nil'])]),
    ...dryRunFaults(listOf(given['dryRun'])),
  ];
}

function propagationOf(given: StoredObject): DeleteOptions['propagation'] {
  if (given['orphanDependents'] === true) return 'Orphan';
  const policy = given['propagationPolicy'];
  return policy === 'Foreground' || policy === 'Orphan' ? policy : 'Background';
}

function mapOf(value: unknown): StoredObject {
  return typeof value === 'object' && value !== null ? (value as StoredObject) : {};
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
