import { randomUUID } from 'node:crypto';
import { handlePath } from '../discovery/handle-path.ts';
import type { Call, Services } from '../handlers/call.ts';
import { handleResource, NoSuchPath, unserved } from '../handlers/resource-request.ts';
import { Warnings } from '../handlers/warnings.ts';
import { answerError, answerForm, isPretty } from '../http/answer.ts';
import { type ApiRequest, type ApiResponse, text, type User } from '../http/exchange.ts';
import {
  chooseRepresentation,
  isRepresentable,
  protobufType,
  type Representation,
  type Route,
} from '../http/representation.ts';
import { parseTarget, type RequestTarget, type ResourceRequest, rootCluster } from '../http/request-info.ts';
import { hasProtobuf } from '../protobuf/encode-object.ts';
import { isCustom, type ServedIndex } from '../resources/catalog.ts';
import { apiVersionOf } from '../resources/resource.ts';
import { ApiError, internalError } from '../status/status.ts';
import type { FairQueue, Release } from './fair-queue.ts';
import { healthAnswer } from './health.ts';
import type { ApiServerOptions } from './options.ts';
import type { WatchSlots } from './watch-slots.ts';

/** What answers requests, put together by the server. */
export interface Pipeline {
  readonly services: Services;
  readonly options: ApiServerOptions;
  readonly queue: FairQueue;
  readonly watches: WatchSlots;
  readonly requestMs: number;
  /** Of a logical cluster; throws `ApiError` 404 for one that cannot be. */
  indexOf(cluster: string): ServedIndex;
  isStopping(): boolean;
  report(error: unknown): void;
}

/** Answers one request; never rejects. */
export async function handleRequest(pipeline: Pipeline, request: ApiRequest): Promise<ApiResponse> {
  const response = await answered(pipeline, request);
  const id = request.headers['audit-id'] || randomUUID();
  return { ...response, headers: { ...response.headers, 'audit-id': id.slice(0, 64) } };
}

async function answered(pipeline: Pipeline, request: ApiRequest): Promise<ApiResponse> {
  try {
    return await answerOf(pipeline, request);
  } catch (error) {
    return refusal(pipeline, request, error);
  }
}

async function answerOf(pipeline: Pipeline, request: ApiRequest): Promise<ApiResponse> {
  const target = parseTarget(request.path);
  const health = target.isResource ? undefined : healthAnswer(target.path, request.query, pipeline.isStopping());
  if (health) return health;
  const index = pipeline.indexOf(target.cluster);
  const user = await pipeline.options.authenticate(request, target.cluster);
  pipeline.options.authorize(user, request, target);
  return isLong(request)
    ? watched(pipeline, request, target, index, user)
    : queued(pipeline, request, target, index, user);
}

function isLong({ method, query }: ApiRequest): boolean {
  const watch = query.get('watch');
  return method === 'GET' && watch !== null && watch !== 'false' && watch !== '0';
}

type Args = readonly [target: RequestTarget, index: ServedIndex, user: User];

async function watched(pipeline: Pipeline, request: ApiRequest, ...args: Args): Promise<ApiResponse> {
  const release = pipeline.watches.take(args[2].name);
  const response = await released(release, dispatch(pipeline, request, ...args));
  if (Buffer.isBuffer(response.body)) release();
  else response.body.once('close', release);
  return response;
}

async function released(release: Release, work: Promise<ApiResponse>): Promise<ApiResponse> {
  try {
    return await work;
  } catch (error) {
    release();
    throw error;
  }
}

async function queued(pipeline: Pipeline, request: ApiRequest, ...args: Args): Promise<ApiResponse> {
  const release = await pipeline.queue.enter(args[2].name);
  try {
    return await withDeadline(pipeline.requestMs, dispatch(pipeline, request, ...args));
  } finally {
    release();
  }
}

function withDeadline(ms: number, work: Promise<ApiResponse>): Promise<ApiResponse> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = 'Timeout: request did not complete within the allotted timeout';
    timer = setTimeout(() => reject(new ApiError(504, 'Timeout', message, {})), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function dispatch(
  { services, options }: Pipeline,
  request: ApiRequest,
  target: RequestTarget,
  index: ServedIndex,
  user: User,
): Promise<ApiResponse> {
  const warnings = new Warnings();
  if (!target.isResource) {
    const own = ownPath(options, request, target);
    if (own) return own();
    // These documents are plain objects to whoever asks for another shape.
    const form = answerForm(request, { format: formatOf(request), shape: { as: 'objects' } }, services.now());
    const response = handlePath(request, target.path, index.served, form);
    if (!response) throw unserved(index, groupOfPath(target.path));
    return response;
  }
  const form = answerForm(
    request,
    chooseRepresentation(request.headers['accept'], routeOf(request, target, index), writesProtobuf(target, index)),
    services.now(),
  );
  const call: Omit<Call, 'resource'> = { request, target, user, form, warnings };
  return withWarnings(await handleResource(services, index, call), warnings);
}

/** The group that a path below `/api` or `/apis` is in; of any other path, one that nobody serves. */
function groupOfPath(path: string): string {
  const [, root, group = '?'] = path.split('/');
  return root === 'api' ? '' : root === 'apis' ? group : '?';
}

function routeOf(
  request: ApiRequest,
  { group, version, resource, subresource }: ResourceRequest,
  index: ServedIndex,
): Route {
  const found = index.resource(group, version, resource);
  if (found && isCustom(found)) return 'custom';
  if (!found && !index.endpoint(group, version, resource, subresource)) return 'custom';
  return isLong(request) ? 'typed watch' : 'typed';
}

/** Whether what a path names has a binary form. */
function writesProtobuf({ group, version, resource, subresource }: ResourceRequest, index: ServedIndex): boolean {
  const found = index.resource(group, version, resource);
  return found !== undefined && subresource !== 'scale' && hasProtobuf(apiVersionOf(found), found.kind);
}

function ownPath({ paths = {} }: ApiServerOptions, { method }: ApiRequest, target: RequestTarget) {
  if (target.isResource || method !== 'GET' || target.cluster !== rootCluster) return undefined;
  return Object.hasOwn(paths, target.path) ? paths[target.path] : undefined;
}

function formatOf(request: ApiRequest): Representation['format'] {
  if (request.headers['accept'] === protobufType) return 'protobuf';
  return request.headers['accept']?.startsWith('application/yaml') ? 'yaml' : 'json';
}

function withWarnings(response: ApiResponse, warnings: Warnings): ApiResponse {
  const headers = warnings.headers();
  return headers.length === 0 ? response : { ...response, headers: { ...response.headers, warning: headers } };
}

function refusal(pipeline: Pipeline, request: ApiRequest, error: unknown): ApiResponse {
  if (error instanceof NoSuchPath) return text(404, '404 page not found\n');
  const isRefusedForm = error instanceof ApiError && error.status.code === 406;
  const format = isRefusedForm && formatOf(request) === 'protobuf' ? 'json' : formatOf(request);
  const form = { format, pretty: isPretty(request) || isUnreadable(request, error) };
  if (error instanceof ApiError) return answerError(error, form);
  pipeline.report(error);
  return answerError(failureOf(error), form);
}

// Whoever reads nothing that this server writes gets the form that people read.
function isUnreadable({ headers }: ApiRequest, error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status.code !== 406) return false;
  return !error.message.startsWith('406:') || !isRepresentable(headers['accept']);
}

/** A failure of the world: a full disk is no fault of the program, anything else is. */
function failureOf(error: unknown): ApiError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'store-full' || code === 'store-unwritable')
    return new ApiError(507, 'InsufficientStorage', `the server cannot store the change: ${(error as Error).message}`);
  if (code === 'store-closed')
    return new ApiError(503, 'ServiceUnavailable', 'the server is stopping', { retryAfterSeconds: 1 });
  return internalError('an unexpected failure; the log of the server says more');
}
