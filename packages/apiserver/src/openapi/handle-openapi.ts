import { createHash } from 'node:crypto';
import { kubernetesMinor } from '../discovery/version.ts';
import type { ApiRequest, ApiResponse } from '../http/exchange.ts';
import { accepts, parseAccept } from '../http/negotiate.ts';
import { isCustom, type Served } from '../resources/catalog.ts';
import { notAcceptable } from '../status/status.ts';
import { endpointComponents, metaComponents, resourceComponents } from './components.ts';
import { endpointPaths, resourcePaths } from './paths.ts';
import { swaggerJson, swaggerProtobuf } from './swagger.ts';

/** `/openapi/v2`, `/openapi/v3` and its documents, given the parts after `openapi`; undefined for any other path. */
export function handleOpenApi(request: ApiRequest, parts: readonly string[], served: Served): ApiResponse | undefined {
  const [dialect, ...rest] = parts;
  if (dialect === 'v2' && rest.length === 0) return openApiV2(request);
  if (dialect !== 'v3') return undefined;
  const documents = documentsOf(served);
  if (rest.length === 0) return respond(request, documents.index, 'text/plain; charset=utf-8');
  const document = documents.byVersion.get(rest.join('/'));
  if (!document) return undefined;
  const response = respond(request, document, 'application/json');
  const hash = request.query.get('hash');
  if (hash === null || hash === '') return response;
  if (hash !== document.hash) return moved(rest.join('/'), document.hash);
  // A document under its own hash never changes.
  return { ...response, headers: { ...response.headers, 'cache-control': 'public, immutable', expires: inAYear() } };
}

function inAYear(): string {
  return new Date(Date.now() + 365 * 24 * 3600 * 1000).toUTCString();
}

function moved(name: string, hash: string): ApiResponse {
  const headers = { location: `/openapi/v3/${name}?hash=${hash}`, 'cache-control': 'no-cache, private' };
  return { status: 301, headers, body: Buffer.alloc(0) };
}

interface Document {
  readonly bytes: Buffer;
  readonly hash: string;
}

interface Documents {
  readonly index: Document;
  /** By `api/v1` or `apis/G/V`. */
  readonly byVersion: ReadonlyMap<string, Document>;
}

const known = new WeakMap<Served, Documents>();

function documentsOf(served: Served): Documents {
  const documents = known.get(served) ?? build(served);
  known.set(served, documents);
  return documents;
}

function build(served: Served): Documents {
  const versions = new Map(
    [...served.resources, ...served.endpoints].map(({ group, version }) => [
      nameOf(group, version),
      { group, version },
    ]),
  );
  const byVersion = new Map([...versions].map(([name, of]) => [name, documentOf(served, of)] as const));
  const paths = [...byVersion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { hash }]) => [name, { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }]);
  return { index: encode({ paths: Object.fromEntries(paths) }), byVersion };
}

function nameOf(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function documentOf(served: Served, of: { group: string; version: string }): Document {
  const isOwn = ({ group, version }: { group: string; version: string }): boolean =>
    group === of.group && version === of.version;
  const resources = served.resources.filter(isOwn);
  const endpoints = served.endpoints.filter(isOwn);
  const custom = resources.some(isCustom);
  return encode({
    openapi: '3.0.0',
    info: custom
      ? { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }
      : { title: 'Kubernetes', version: `1.${kubernetesMinor}` },
    paths: Object.assign({}, ...resources.map(resourcePaths), ...endpoints.map(endpointPaths)),
    components: {
      schemas: Object.assign(
        {},
        metaComponents,
        ...endpoints.map(endpointComponents),
        ...resources.map(resourceComponents),
      ),
    },
  });
}

function encode(value: unknown): Document {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, hash: createHash('sha512').update(bytes).digest('hex').toUpperCase() };
}

function respond(request: ApiRequest, { bytes, hash }: Document, type: string): ApiResponse {
  const etag = `"${hash}"`;
  const headers = { 'content-type': type, 'cache-control': 'no-cache, private', etag, vary: 'Accept' };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: Buffer.alloc(0) };
  return { status: 200, headers, body: bytes };
}

const protobufTypes = [
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
];

// Clients that still ask for this document only check that there is one.
function openApiV2(request: ApiRequest): ApiResponse {
  for (const range of parseAccept(request.headers['accept'])) {
    if (accepts(range, 'application/json')) return respond(request, swaggerJson, 'application/json');
    if (protobufTypes.includes(range.type)) return respond(request, swaggerProtobuf, protobufTypes[0] as string);
  }
  throw notAcceptable(['application/json', protobufTypes[0] as string]);
}
