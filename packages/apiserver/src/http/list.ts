import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import { metadataOf } from '../rest/metadata.ts';
import { collectionOf } from '../rest/rest.ts';
import { type Matcher, parseFieldSelector, parseLabelSelector } from '../rest/selectors.ts';
import { ApiError, badRequest, expired } from '../status/status.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';

/** Objects of one page, and what the list's metadata says of the rest. */
export interface Page {
  readonly records: readonly StoredRecord[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** `GET` of a collection: selectors, `limit`/`continue`, `resourceVersion` with `resourceVersionMatch` (control-plane 1.8). */
export function listPage(
  store: Store,
  resource: ResourceDefinition,
  where: { cluster: string; namespace: string },
  query: URLSearchParams,
): Page {
  const matches = selectorOf(resource, query);
  const token = parseContinue(query.get('continue'));
  const collection = collectionOf(resource, where.cluster);
  const prefix = where.namespace === '' ? '' : `${where.namespace}/`;
  const revision = token?.revision ?? wantedRevision(store, query);
  const all = revision === undefined ? store.list(collection, prefix) : store.listAt(collection, revision, prefix);
  if (!all) throw expired(token ? continueExpired : 'The resourceVersion for the provided list is too old.');
  const rest = token ? all.slice(firstAfter(all, token.after)) : all;
  return cut(
    rest.filter(({ object }) => matches(object)),
    parseLimit(query.get('limit')),
    revision ?? store.revision,
    matches.selects,
  );
}

const continueExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/** Label and field selector of a request as one test; `selects` tells whether there is any. */
export function selectorOf(resource: ResourceDefinition, query: URLSearchParams): Matcher & { selects: boolean } {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const byLabel = parseLabelSelector(labels);
  const byField = parseFieldSelector(fields, resource);
  return Object.assign(((object) => byLabel(object) && byField(object)) satisfies Matcher, {
    selects: labels !== '' || fields !== '',
  });
}

// remainingItemCount is left out where a selector makes it a guess.
function cut(records: readonly StoredRecord[], limit: number, revision: number, selects: boolean): Page {
  if (limit === 0 || records.length <= limit) return { records, metadata: { resourceVersion: String(revision) } };
  const page = records.slice(0, limit);
  const continueAt = encodeContinue(revision, (page.at(-1) as StoredRecord).key);
  const remaining = selects ? {} : { remainingItemCount: records.length - limit };
  return { records: page, metadata: { resourceVersion: String(revision), continue: continueAt, ...remaining } };
}

/** The revision a list must be taken at, or undefined for the newest. Throws `ApiError` for what cannot be. */
function wantedRevision(store: Store, query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  checkMatch(text, match);
  if (text === '' || text === '0') return undefined;
  const revision = parseRevision(text);
  if (revision > store.revision) throw tooLargeRevision(revision, store.revision);
  return match === 'Exact' ? revision : undefined;
}

function checkMatch(revision: string, match: string): void {
  if (match === '') return;
  if (match !== 'Exact' && match !== 'NotOlderThan')
    throw badListOption(
      'resourceVersionMatch',
      'NotSupported',
      `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
    );
  if (revision === '')
    throw badListOption(
      'resourceVersionMatch',
      'Forbidden',
      'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  if (revision === '0' && match === 'Exact')
    throw badListOption(
      'resourceVersionMatch',
      'Forbidden',
      'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
}

function badListOption(field: string, reason: string, message: string): ApiError {
  return new ApiError(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'ListOptions',
    causes: [{ reason: `FieldValue${reason}`, message, field }],
  });
}

/** A resource version as a number. Throws `ApiError` 400. */
export function parseRevision(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(
    `invalid resource version ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** The client knows a newer state than there is. */
export function tooLargeRevision(wanted: number, current: number): ApiError {
  return new ApiError(504, 'Timeout', `Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

function parseLimit(text: string | null): number {
  if (text === null || text === '') return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(`unable to parse limit ${JSON.stringify(text)}`);
}

function encodeContinue(revision: number, after: string): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\0` })).toString('base64url');
}

function parseContinue(token: string | null): { revision: number; after: string } | undefined {
  if (!token) return undefined;
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (v === 'meta.k8s.io/v1' && Number.isSafeInteger(rv) && typeof start === 'string')
      return { revision: rv, after: start.replace(/\0$/, '') };
  } catch {
    // Falls through to the one answer for every token that is not ours.
  }
  throw badRequest('continue key is not valid: encoded continue token is not recognized');
}

function firstAfter(records: readonly StoredRecord[], key: string): number {
  const index = records.findIndex((record) => record.key > key);
  return index < 0 ? records.length : index;
}

/** The list object of a page; items carry no apiVersion and kind of their own list. */
export function listObject(resource: ResourceDefinition, { records, metadata }: Page): Record<string, unknown> {
  return {
    kind: resource.listKind,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: records.map(({ object }) => object),
  };
}

export function nameOf({ object }: StoredRecord): string {
  return metadataOf(object).name ?? '';
}
