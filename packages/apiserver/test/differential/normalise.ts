import type { KubeAnswer } from '@pullpath/testkit';
import { Names } from './names.ts';
import { withSortedQuotes } from './quoted-json.ts';
import type { Exchange } from './run-script.ts';

/** An answer without what two servers cannot have in common: identities, times, versions, random suffixes. */
export interface Normalised {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** `compact` or `pretty`, and whether a newline ends it. */
  readonly layout: string;
  readonly body: unknown;
}

/** Normalises the answers of one server to a script; an identity keeps one name over the whole script. */
export function normaliseAll(exchanges: readonly Exchange[]): readonly Normalised[] {
  const names = new Names();
  return exchanges.map(({ step, answer }) => {
    names.nextExchange();
    for (const [, prefix = ''] of (step.body ?? '').matchAll(/"generateName":"([^"]+)"/g)) names.generated(prefix);
    return {
      status: answer.status,
      headers: headersOf(answer),
      layout: step.watch || step.select ? '' : layoutOf(answer.body),
      body: bodyOf(names, answer, step.watch !== undefined, step.select),
    };
  });
}

/** Compared as they are; of the rest, only that they are there. `x-kubernetes-pf-*`, `date` and lengths are not compared. */
const exactHeaders = ['content-type', 'cache-control', 'warning', 'retry-after', 'vary', 'allow', 'location'];
const presentHeaders = ['audit-id', 'etag', 'www-authenticate'];

function headersOf({ headers }: KubeAnswer): Record<string, unknown> {
  const exact = exactHeaders.filter((name) => name in headers).map((name) => [name, headers[name]]);
  const present = presentHeaders.filter((name) => name in headers).map((name) => [name, 'present']);
  return Object.fromEntries([...exact, ...present]);
}

function layoutOf(body: string): string {
  const form = body.startsWith('{\n') ? 'pretty' : 'compact';
  return `${form}${body.endsWith('\n') ? ' newline' : ''}`;
}

function bodyOf(names: Names, { body }: KubeAnswer, isWatch: boolean, select?: (body: any) => unknown): unknown {
  if (isWatch) return body === '' ? [] : body.split('\n').map((line) => normaliseText(names, line));
  return normaliseText(names, body, select);
}

function normaliseText(names: Names, text: string, select: (body: any) => unknown = (body) => body): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return names.text(text);
  }
  return normaliseValue(names, select(value));
}

/** Rules that depend on where a value stands; the rest are in `Names.text`. */
function normaliseValue(names: Names, value: unknown): unknown {
  if (typeof value === 'string') return names.text(withSortedQuotes(value));
  if (Array.isArray(value)) return value.map((item) => normaliseValue(names, item));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  const isList = 'items' in object || 'rows' in object;
  const isBookmark = object['type'] === 'BOOKMARK';
  const entries = Object.entries(sortedCauses(object)).map(([key, inner]) => [
    names.text(key),
    (key === 'metadata' && isList) || (key === 'object' && isBookmark)
      ? storeMetadata(names, inner)
      : member(names, key, inner),
  ]);
  return Object.fromEntries(entries);
}

function member(names: Names, key: string, value: unknown): unknown {
  if (key === 'managedFields' && Array.isArray(value)) return normaliseValue(names, sortedOwners(value));
  if (typeof value !== 'string') return key === 'cells' ? cellsOf(names, value) : normaliseValue(names, value);
  if (key === 'resourceVersion') return names.resourceVersion(value);
  if (key === 'continue') return continueToken(names, value);
  if (key === 'token' && value.split('.').length === 3) return claimsOf(names, value);
  if (key === 'serverAddress') return '<address>';
  return names.text(withSortedQuotes(value));
}

// The revision of a list, and of a bookmark, is that of the whole store, which other writers move.
function storeMetadata(names: Names, holder: unknown): unknown {
  const { resourceVersion, metadata, ...rest } = holder as Record<string, unknown>;
  const inner = normaliseValue(names, rest) as Record<string, unknown>;
  const nested = metadata === undefined ? {} : { metadata: storeMetadata(names, metadata) };
  return { ...inner, ...nested, ...(resourceVersion === undefined ? {} : { resourceVersion: '<store revision>' }) };
}

// Owners are sorted by whole seconds first: which of two comes first depends on where a second ends.
function sortedOwners(owners: readonly any[]): readonly any[] {
  const keyOf = ({ operation, manager, subresource = '', apiVersion }: any): string =>
    [operation, manager, apiVersion, subresource].join(' ');
  return owners.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
}

function cellsOf(names: Names, cells: unknown): unknown {
  const list = normaliseValue(names, cells);
  if (!Array.isArray(list)) return list;
  return list.map((cell) => (typeof cell === 'string' && /^(\d+[smhdy]){1,2}$/.test(cell) ? '<age>' : cell));
}

function continueToken(names: Names, token: string): unknown {
  if (token === '') return token;
  const { rv, ...rest } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Record<string, unknown>;
  return { ...(normaliseValue(names, rest) as object), rv: typeof rv };
}

function claimsOf(names: Names, token: string): unknown {
  const [, claims = ''] = token.split('.');
  const { iat, exp, nbf, iss, ...rest } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<
    string,
    any
  >;
  return { ...(normaliseValue(names, rest) as object), iss: typeof iss, lifetime: exp - iat, delay: nbf - iat };
}

/**
 * The real server validates custom resources, the schemas of their definitions, and labels by walks over Go maps: the order of
 * such faults differs from request to request. Those are sorted, in the message too; others keep their order.
 */
function sortedCauses(object: Record<string, unknown>): Record<string, unknown> {
  const { reason, details, message } = object as { reason?: string; details?: any; message?: string };
  if (reason !== 'Invalid' || !details?.causes || message === undefined) return object;
  const causes: Cause[] = details.causes;
  const sorted = hasRandomOrder(details.group ?? '') ? causes.toSorted(byText) : sortedWithinFields(causes);
  const texts = [...new Set(causes.map(textOf))];
  const wanted = [...new Set(sorted.map(textOf))];
  const text = message.replace(texts.join(', '), () => wanted.join(', '));
  return { ...object, message: text, details: { ...details, causes: sorted } };
}

interface Cause {
  readonly field?: string;
  readonly message: string;
}

function sortedWithinFields(causes: readonly Cause[]): Cause[] {
  const fields = [...new Set(causes.map(({ field }) => field))];
  return fields.flatMap((field) => causes.filter((cause) => cause.field === field).toSorted(byText));
}

function hasRandomOrder(group: string): boolean {
  return group.includes('.') && (!group.endsWith('.k8s.io') || group === 'apiextensions.k8s.io');
}

function textOf({ field, message }: Cause): string {
  return `${field}: ${message}`;
}

function byText(a: Cause, b: Cause): number {
  return compare(textOf(a), textOf(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
