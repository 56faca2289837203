import { answerObject } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { isCustom } from '../resources/catalog.ts';
import { metadataOf } from '../rest/metadata.ts';
import { ApiError, badRequest, conflict, forbidden, notFound } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { addressOf, type Call, type Services } from './call.ts';
import { bodyKindOf, readBody } from './decode-body.ts';
import { addWarnings } from './warnings.ts';
import { type CheckedOptions, writeOptions } from './write-options.ts';

/** `POST` to a collection. */
export async function createObject(services: Services, call: Call): Promise<ApiResponse> {
  const options = writeOptions(call, 'CreateOptions');
  const body = await readBody(call, bodyKindOf(call.resource), options.fieldValidation, services.decodeProtobuf);
  if (call.resource.terminating)
    throw forbidden(
      call.resource,
      metadataOf(body).name ?? '',
      'create not allowed while custom resource definition is terminating',
    );
  const created = await createNamed(services, call, body, options);
  addWarnings(call, created);
  return answerObject(201, call.resource, created, call.form);
}

const generatedNameAttempts = 8;

/** A generated name that is taken is generated again. */
async function createNamed(
  { rest }: Services,
  call: Call,
  body: StoredObject,
  options: CheckedOptions,
): Promise<StoredObject> {
  const { name, generateName } = metadataOf(body);
  for (let left = name || !generateName ? 1 : generatedNameAttempts; ; left--) {
    try {
      return await rest.create(call.resource, call.target, body, options);
    } catch (error) {
      if (left === 1 || !isAlreadyExists(error)) throw error;
    }
  }
}

function isAlreadyExists(error: unknown): boolean {
  return error instanceof ApiError && error.status.reason === 'AlreadyExists';
}

/** `PUT` of an object, or of its status. */
export async function replaceObject(services: Services, call: Call): Promise<ApiResponse> {
  const { resource } = call;
  const options = writeOptions(call, 'UpdateOptions');
  const body = await readBody(call, bodyKindOf(resource), options.fieldValidation, services.decodeProtobuf);
  checkNames(call, body);
  let created = false;
  const object = await services.rest.mutate(resource, addressOf(call), options, (old) => {
    created = old === undefined;
    if (created && !(resource.strategy.createsOnUpdate && call.target.subresource === ''))
      throw notFound(resource, call.target.name);
    if (old) checkReplaced(call, body, old);
    return { object: body, tracked: false };
  });
  addWarnings(call, object);
  return answerObject(created ? 201 : 200, resource, object, call.form);
}

function checkNames({ target }: Call, body: StoredObject): void {
  const { name = '' } = metadataOf(body);
  if (name === '')
    throw badRequest(`the name of the object (${target.name} based on URL) was undeterminable: name must be provided`);
  if (name !== target.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
}

function checkReplaced(call: Call, body: StoredObject, old: StoredObject): void {
  checkVersionGiven(call, body);
  const { uid } = metadataOf(body);
  const live = metadataOf(old).uid;
  if (!uid || uid === live) return;
  const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live}`;
  const error = `StorageError: invalid object, Code: 4, Key: ${storageKey(call)}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
  throw conflict(call.resource, call.target.name, error);
}

/** Where etcd would have it: the text of this one error shows it. */
function storageKey({ resource, target }: Call): string {
  const parts = [isCustom(resource) ? resource.group : '', resource.resource, target.namespace, target.name];
  return ['/registry', ...parts.filter((part) => part !== '')].join('/');
}

// The real server names the resource here, not the kind.
function checkVersionGiven({ resource, target }: Call, body: StoredObject): void {
  if (!resource.strategy.needsResourceVersion || metadataOf(body).resourceVersion) return;
  const message = 'Invalid value: 0: must be specified for an update';
  const field = 'metadata.resourceVersion';
  const group = resource.group === '' ? {} : { group: resource.group };
  const name = resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;
  throw new ApiError(422, 'Invalid', `${name} ${JSON.stringify(target.name)} is invalid: ${field}: ${message}`, {
    name: target.name,
    ...group,
    kind: resource.resource,
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });
}
