import type { ResourceDefinition } from '../resources/resource.ts';
import { collectionOf } from '../rest/address.ts';
import { parseLabelSelector } from '../rest/label-selector.ts';
import { type Matcher, parseFieldSelector } from '../rest/selectors.ts';
import { ApiError, badRequest, expired } from '../status/status.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { encodeContinue, type ListOptions } from './list-options.ts';

/** Objects of one page, and what the list's metadata says of the rest. */
export interface Page {
  readonly records: readonly StoredRecord[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** `GET` of a collection: `limit`/`continue`, `resourceVersion` with `resourceVersionMatch` (control-plane 1.8). */
export function listPage(
  store: Store,
  resource: ResourceDefinition,
  where: { cluster: string; namespace: string },
  options: ListOptions,
  matches: Selector,
): Page {
  const { continueAt, limit } = options;
  const collection = collectionOf(resource, where.cluster);
  const prefix = where.namespace === '' ? '' : `${where.namespace}/`;
  const revision = continueAt?.revision ?? wantedRevision(store, options);
  const all = revision === undefined ? store.list(collection, prefix) : store.listAt(collection, revision, prefix);
  if (!all) throw expired(continueAt ? continueExpired : 'The resourceVersion for the provided list is too old.');
  const rest = continueAt ? all.slice(firstAfter(all, `${prefix}${continueAt.after}`)) : all;
  const seen = resource.read ? rest.map((record) => resource.read?.(record) ?? record) : rest;
  const matching = matches.selects ? seen.filter(({ object }) => matches(object)) : seen;
  return cut(matching, limit, revision ?? store.revision, { prefix, selects: matches.selects });
}

const continueExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

export type Selector = Matcher & { readonly selects: boolean };

/** Label and field selector of a request as one test; `selects` tells whether there is any. */
export function selectorOf(resource: ResourceDefinition, query: URLSearchParams): Selector {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const byLabel = parseLabelSelector(labels);
  const byField = parseFieldSelector(fields, resource);
  return Object.assign(((object) => byLabel(object) && byField(object)) satisfies Matcher, {
    selects: labels !== '' || fields !== '',
  });
}

// remainingItemCount is left out where a selector makes it a guess.
function cut(
  records: readonly StoredRecord[],
  limit: number,
  revision: number,
  { prefix, selects }: { readonly prefix: string; readonly selects: boolean },
): Page {
  if (limit === 0 || records.length <= limit) return { records, metadata: { resourceVersion: String(revision) } };
  const page = records.slice(0, limit);
  const continueAt = encodeContinue({ revision, after: (page.at(-1) as StoredRecord).key }, prefix);
  const remaining = selects ? {} : { remainingItemCount: records.length - limit };
  return { records: page, metadata: { resourceVersion: String(revision), continue: continueAt, ...remaining } };
}

/** The revision a list must be taken at, or undefined for the newest. Throws `ApiError` for what cannot be. */
function wantedRevision(
  store: Store,
  { resourceVersion, resourceVersionMatch, limit }: ListOptions,
): number | undefined {
  if (resourceVersion === '' || resourceVersion === '0') return undefined;
  const revision = parseRevision(resourceVersion);
  if (revision > store.revision) throw tooLargeRevision(revision, store.revision);
  // Pages of a list that names a revision are pages of that revision.
  const isExact = resourceVersionMatch === 'Exact' || (resourceVersionMatch === '' && limit > 0);
  return isExact ? revision : undefined;
}

/** A resource version as a number. Throws `ApiError` 400. */
export function parseRevision(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const quoted = JSON.stringify(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
  );
}

/** The client knows a newer state than there is. */
export function tooLargeRevision(wanted: number, current: number): ApiError {
  return new ApiError(504, 'Timeout', `Timeout: Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

/** Index of the first record after a key; records are in key order. */
function firstAfter(records: readonly StoredRecord[], key: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle] as StoredRecord).key > key) high = middle;
    else low = middle + 1;
  }
  return low;
}
