import { forbiddenValue, unsupportedValue } from '../status/field-faults.ts';
import { badRequest, type FieldFault, invalid } from '../status/status.ts';

/** The query of a list or a watch, read and checked. */
export interface ListOptions {
  readonly watch: boolean;
  /** As given; empty where absent. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  /** 0 for no limit. */
  readonly limit: number;
  readonly continueAt: ContinueToken | undefined;
  readonly sendInitialEvents: boolean | undefined;
  readonly bookmarks: boolean;
  /** Milliseconds; undefined where the server chooses. */
  readonly timeoutMs: number | undefined;
}

/** Where a list goes on: after a key, in the state of a revision. A token's key lacks what all keys of its list begin with. */
export interface ContinueToken {
  readonly revision: number;
  readonly after: string;
}

/** Throws `ApiError` 400 for what cannot be read, 422 for what may not be combined. Source: apimachinery `ValidateListOptions`. */
export function parseListOptions(query: URLSearchParams): ListOptions {
  const watch = parseFlag(query.get('watch')) ?? false;
  const sendInitialEvents = parseFlag(query.get('sendInitialEvents'));
  const limit = parseInteger(query.get('limit')) ?? 0;
  const timeoutSeconds = parseInteger(query.get('timeoutSeconds')) ?? 0;
  const faults = watch ? watchFaults(query, sendInitialEvents) : listFaults(query, sendInitialEvents);
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', faults);
  const resourceVersion = query.get('resourceVersion') ?? '';
  const token = query.get('continue') ?? '';
  const isCached = resourceVersion === '0' && !watch;
  if (token !== '' && resourceVersion !== '' && resourceVersion !== '0')
    throw badRequest('specifying resource version is not allowed when using continue');
  return {
    watch,
    resourceVersion,
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    // What may come from a cache comes whole.
    limit: isCached ? 0 : Math.max(0, limit),
    continueAt: token === '' || watch ? undefined : parseContinue(token),
    sendInitialEvents,
    bookmarks: parseFlag(query.get('allowWatchBookmarks')) ?? false,
    timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * 1000 : undefined,
  };
}

const match = 'resourceVersionMatch';

function listFaults(query: URLSearchParams, sendInitialEvents: boolean | undefined): FieldFault[] {
  const chosen = query.get(match) ?? '';
  return [
    ...(chosen === '' ? [] : matchFaults(chosen, query)),
    ...(sendInitialEvents === undefined
      ? []
      : [forbiddenValue('sendInitialEvents', 'sendInitialEvents is forbidden for list')]),
  ];
}

function matchFaults(chosen: string, query: URLSearchParams): FieldFault[] {
  const revision = query.get('resourceVersion') ?? '';
  return [
    ...(revision === ''
      ? [forbiddenValue(match, 'resourceVersionMatch is forbidden unless resourceVersion is provided')]
      : []),
    ...continueFaults(query),
    ...(chosen === 'Exact' || chosen === 'NotOlderThan'
      ? []
      : [unsupportedValue(match, chosen, ['Exact', 'NotOlderThan', ''])]),
    ...(chosen === 'Exact' && revision === '0'
      ? [forbiddenValue(match, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"')]
      : []),
  ];
}

function continueFaults(query: URLSearchParams): FieldFault[] {
  if (!query.get('continue')) return [];
  return [forbiddenValue(match, 'resourceVersionMatch is forbidden when continue is provided')];
}

function watchFaults(query: URLSearchParams, sendInitialEvents: boolean | undefined): FieldFault[] {
  const chosen = query.get(match) ?? '';
  const faults: FieldFault[] = [];
  if (sendInitialEvents !== undefined && chosen !== 'NotOlderThan')
    faults.push(forbiddenValue(match, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  if (chosen === '') return [...faults, ...continueFaults(query)];
  if (sendInitialEvents === undefined)
    faults.push(
      forbiddenValue(match, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
    );
  if (chosen !== 'NotOlderThan') faults.push(unsupportedValue(match, chosen, ['NotOlderThan']));
  return [...faults, ...continueFaults(query)];
}

/** A flag of a query: true for anything but `false` and `0`; undefined where it is absent. Source: apimachinery `Convert_Slice_string_To_bool`. */
export function parseFlag(text: string | null): boolean | undefined {
  if (text === null) return undefined;
  return text.toLowerCase() !== 'false' && text !== '0';
}

/** A whole number of a query, or undefined where it is absent. Throws `ApiError` 400. */
export function parseInteger(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^[-+]?\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** The token of a list whose keys all begin with `prefix`, which it leaves out; `/` comes first as in etcd's keys. */
export function encodeContinue({ revision, after }: ContinueToken, prefix: string): string {
  const start = `/${after.slice(prefix.length)}\0`;
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start })).toString('base64url');
}

const badToken = 'invalid continue token: continue key is not valid:';

function parseContinue(token: string): ContinueToken {
  if (!/^[A-Za-z0-9_-]*$/.test(token))
    throw badRequest(`${badToken} illegal base64 data at input byte ${firstBad(token)}`);
  const { v, rv, start } = parsedToken(Buffer.from(token, 'base64url'));
  if (v !== 'meta.k8s.io/v1')
    throw badRequest(`${badToken} server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`);
  if (typeof start !== 'string' || start === '')
    throw badRequest(`${badToken} encoded start key empty (version meta.k8s.io/v1)`);
  if (typeof rv !== 'number' || !Number.isSafeInteger(rv) || rv <= 0)
    throw badRequest(`${badToken} incorrect encoded start resourceVersion (version meta.k8s.io/v1)`);
  return { revision: rv, after: start.replace(/^\//, '').replace(/\0$/, '') };
}

function firstBad(token: string): number {
  return token.search(/[^A-Za-z0-9_-]/);
}

function parsedToken(bytes: Buffer): { v?: unknown; rv?: unknown; start?: unknown } {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    throw badRequest(`${badToken} invalid character ${quoteByte(bytes)} looking for beginning of value`);
  }
}

function quoteByte(bytes: Buffer): string {
  // The decoder reads bytes, and shows one as the character of that number.
  const byte = bytes[0] ?? 0;
  const shown = byte < 0x20 || (byte >= 0x7f && byte < 0xa1) ? `\\u${byte.toString(16).padStart(4, '0')}` : undefined;
  return `'${shown ?? String.fromCharCode(byte)}'`;
}
