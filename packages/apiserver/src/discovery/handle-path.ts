import { createHash } from 'node:crypto';
import { type AnswerForm, answer } from '../http/answer.ts';
import type { ApiRequest, ApiResponse } from '../http/exchange.ts';
import { accepts, parseAccept } from '../http/negotiate.ts';
import { handleOpenApi } from '../openapi/handle-openapi.ts';
import type { Served } from '../resources/catalog.ts';
import { methodNotAllowed, notAcceptable, resourceUnknown, routeNotAcceptable } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { aggregatedDiscovery, apiGroup, apiGroupList, apiResourceList, apiVersions } from './documents.ts';
import { groupEntries } from './entries.ts';
import { versionInfo } from './version.ts';

/** Discovery, version and OpenAPI of one logical cluster. Gives undefined for a path that is none of these. */
export function handlePath(
  request: ApiRequest,
  path: string,
  served: Served,
  form: AnswerForm,
): ApiResponse | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const respond = responder(request, parts, served, form);
  if (respond && request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed();
  return respond?.();
}

function unknown(): never {
  throw resourceUnknown();
}

type Respond = () => ApiResponse | undefined;

function responder(
  request: ApiRequest,
  parts: readonly string[],
  served: Served,
  form: AnswerForm,
): Respond | undefined {
  const [root, group, version] = parts;
  const document = (value: StoredObject | undefined) => (): ApiResponse | undefined =>
    value && answer(200, value, form);
  if (root === undefined) return document({ paths: allPaths(served) });
  if (root === 'version' && parts.length === 1) return document(versionInfo);
  if (root === 'openapi') return () => handleOpenApi(request, parts.slice(1), served);
  if (root === 'api' && parts.length === 1) return () => rootDocument(request, 'api', served, form);
  if (root === 'api' && parts.length === 2)
    return () => document(apiResourceList(served, '', group as string) ?? unknown())();
  if (root !== 'apis' || parts.length > 3) return undefined;
  if (group === undefined) return () => rootDocument(request, 'apis', served, form);
  return document(version === undefined ? apiGroup(served, group) : apiResourceList(served, group, version));
}

/** The aggregated document where the client asks for it, else the plain list. */
function rootDocument(request: ApiRequest, root: 'api' | 'apis', served: Served, form: AnswerForm): ApiResponse {
  if (!wantsAggregated(request.headers['accept'])) {
    checkPlain(request.headers['accept']);
    return answer(200, root === 'api' ? apiVersions(request.headers['host'] ?? '') : apiGroupList(served), form);
  }
  const { bytes, etag } = aggregated(served, root);
  const headers = {
    'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    'cache-control': 'public',
    vary: 'Accept',
    etag,
  };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: Buffer.alloc(0) };
  return { status: 200, headers, body: bytes };
}

function wantsAggregated(accept: string | undefined): boolean {
  for (const range of parseAccept(accept)) {
    if (!accepts(range, 'application/json')) continue;
    const { as, g, v } = range.parameters;
    if (as === undefined) return false;
    if (as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && v === 'v2') return true;
  }
  return false;
}

/** The plain lists are of one shape. Throws `ApiError` 406 where the client reads none of it. */
function checkPlain(accept: string | undefined): void {
  const types = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
  const ranges = parseAccept(accept);
  if (!ranges.some(({ type }) => type === '*/*' || types.includes(type))) throw routeNotAcceptable(types);
  if (!ranges.some((range) => range.parameters['as'] === undefined)) throw notAcceptable(types);
}

interface Encoded {
  readonly bytes: Buffer;
  readonly etag: string;
}

const encoded = new WeakMap<Served, Map<'api' | 'apis', Encoded>>();

function aggregated(served: Served, root: 'api' | 'apis'): Encoded {
  const known = encoded.get(served) ?? new Map<'api' | 'apis', Encoded>();
  encoded.set(served, known);
  const found = known.get(root) ?? encode(aggregatedDiscovery(served, root));
  known.set(root, found);
  return found;
}

function encode(document: StoredObject): Encoded {
  const bytes = Buffer.from(`${JSON.stringify(document)}\n`);
  return { bytes, etag: `"${createHash('sha512').update(bytes).digest('hex').toUpperCase()}"` };
}

function allPaths(served: Served): string[] {
  const groups = groupEntries(served).flatMap(({ name, versions }) => {
    const base = name === '' ? '/api' : `/apis/${name}`;
    return [base, ...versions.map(({ version }) => `${base}/${version}`)];
  });
  return [
    ...new Set([...groups, '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version']),
  ].sort();
}
