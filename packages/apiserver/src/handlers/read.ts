import { answerList, answerRecord } from '../http/answer.ts';
import type { ApiResponse } from '../http/exchange.ts';
import { listPage, parseRevision, type Selector, selectorOf, tooLargeRevision } from '../http/list.ts';
import { type ListOptions, parseListOptions } from '../http/list-options.ts';
import { protobufType } from '../http/representation.ts';
import { watchStream } from '../http/watch.ts';
import { watchEncoder } from '../http/watch-encoder.ts';
import { collectionOf } from '../rest/address.ts';
import { notAcceptable } from '../status/status.ts';
import { addressOf, type Call, type Services } from './call.ts';

/** `GET` of one object. */
export function getObject({ rest }: Services, call: Call): ApiResponse {
  checkIsNew(rest.store.revision, call.request.query.get('resourceVersion') ?? '');
  const record = rest.get(call.resource, addressOf(call));
  return answerRecord(call.resource, call.resource.read?.(record) ?? record, call.form);
}

/** A client that has seen a newer state than there is must not be shown an older one. */
function checkIsNew(current: number, resourceVersion: string): void {
  if (resourceVersion === '') return;
  const revision = parseRevision(resourceVersion);
  if (revision > current) throw tooLargeRevision(revision, current);
}

/** `GET` of a collection: a list or a watch. */
export function listObjects(services: Services, call: Call): ApiResponse {
  const options = parseListOptions(call.request.query);
  const matches = selectorOf(call.resource, call.request.query);
  return options.watch ? watch(services, call, options, matches) : list(services, call, options, matches);
}

function list({ rest }: Services, call: Call, options: ListOptions, matches: Selector): ApiResponse {
  return answerList(call.resource, listPage(rest.store, call.resource, call.target, options, matches), call.form);
}

function watch(services: Services, call: Call, options: ListOptions, matches: Selector): ApiResponse {
  const { resource, target, form, request } = call;
  if (form.format === 'yaml')
    throw notAcceptable(['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch']);
  const stream = watchStream(services.rest.store, {
    collection: collectionOf(resource, target.cluster),
    prefix: target.namespace === '' ? '' : `${target.namespace}/`,
    matches,
    after: startOf(services, options),
    initialEventsEnd: options.bookmarks && startsWithObjects(options),
    bookmarks: options.bookmarks,
    timeoutMs: options.timeoutMs ?? Math.floor((1 + services.random()) * shortestWatchMs),
    encode: watchEncoder(resource, form, () => services.now()),
    signal: request.signal,
  });
  return {
    status: 200,
    headers: { 'content-type': streamTypes[form.format], 'cache-control': 'no-cache, private' },
    body: stream,
  };
}

const streamTypes = { json: 'application/json', protobuf: `${protobufType};stream=watch` } as const;

// Watches end at different times, so that clients do not come back all at once.
const shortestWatchMs = 30 * 60_000;

/** Whether a watch asks for the objects that there are: by saying so, or by naming no state to go on from. Source: apimachinery `SetListOptionsDefaults`. */
function startsWithObjects({ resourceVersion, sendInitialEvents }: ListOptions): boolean {
  return sendInitialEvents ?? (resourceVersion === '' || resourceVersion === '0');
}

/** Revision after which events are wanted; undefined to start with the objects that there are. */
function startOf({ rest }: Services, { resourceVersion, sendInitialEvents }: ListOptions): number | undefined {
  if (resourceVersion === '' || resourceVersion === '0') {
    return sendInitialEvents === false ? rest.store.revision : undefined;
  }
  const revision = parseRevision(resourceVersion);
  if (sendInitialEvents !== true) return revision;
  if (revision > rest.store.revision) throw tooLargeRevision(revision, rest.store.revision);
  return undefined;
}
