import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A cluster of the fake API. */
export interface FakeCluster {
  readonly id: string;
  state: string;
  readonly hypershift: { readonly enabled: boolean };
  [member: string]: unknown;
}

export interface FakeMirror {
  readonly id: string;
  type: string;
  source: string;
  mirrors: string[];
  creation_timestamp?: string | undefined;
  last_update_timestamp?: string | undefined;
}

/** What goes wrong with the next requests of a method and path: `times` of them. */
export interface FakeFault {
  /** Any method unless said. */
  readonly method?: string;
  readonly path: RegExp;
  readonly times?: number;
  /** How many requests pass before. */
  readonly after?: number;
  /** Answers with this instead. */
  readonly status?: number;
  readonly body?: unknown;
  readonly html?: string;
  /** Carries the request out, then cuts the connection. */
  readonly cutAfter?: boolean;
  /** Sends the head and half of a body, then nothing. */
  readonly half?: boolean;
  /** Milliseconds before it is looked at. */
  readonly delay?: number;
}

/** A small OCM API in this process: clusters, their image mirrors and node pools, with faults on demand. */
export interface FakeOcm {
  readonly url: string;
  readonly clusters: Map<string, FakeCluster>;
  readonly mirrors: Map<string, FakeMirror[]>;
  /** `METHOD path?query` of every request, in order. */
  readonly requests: string[];
  fail(fault: FakeFault): void;
  close(): Promise<void>;
}

/** An access token that the client believes to be good until 2100, issued by `issuer`. */
export function fakeToken(claims: Readonly<Record<string, unknown>> = {}): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ typ: 'Bearer', exp: 4102444800, ...claims })}.c2ln`;
}

export function hostedCluster(id: string, members: Readonly<Record<string, unknown>> = {}): FakeCluster {
  return { kind: 'Cluster', id, name: id, state: 'ready', hypershift: { enabled: true }, ...members };
}

export async function startFakeOcm(...clusters: readonly FakeCluster[]): Promise<FakeOcm> {
  const faults: (FakeFault & { left: number; pass: number })[] = [];
  const api: Api = {
    clusters: new Map(clusters.map((cluster) => [cluster.id, cluster])),
    mirrors: new Map(clusters.map(({ id }) => [id, []])),
  };
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const fault = faults.find((candidate) => isDue(candidate, request));
    if (fault) fault.left--;
    await answerWith(fault, request, response, api);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...api,
    requests,
    fail: (fault) => void faults.push({ ...fault, left: fault.times ?? 1, pass: fault.after ?? 0 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isDue(fault: FakeFault & { left: number; pass: number }, request: IncomingMessage): boolean {
  const { method = request.method, path, left } = fault;
  return left > 0 && method === request.method && path.test(request.url ?? '') && fault.pass-- <= 0;
}

interface Api {
  readonly clusters: Map<string, FakeCluster>;
  readonly mirrors: Map<string, FakeMirror[]>;
}

async function answerWith(
  fault: FakeFault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  api: Api,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  if (fault?.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault?.half) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"half":');
    setTimeout(() => response.destroy(), 50);
    return;
  }
  if (fault?.html !== undefined) {
    response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' }).end(fault.html);
    return;
  }
  if (fault?.status !== undefined) return send(response, fault.status, fault.body ?? refusal(fault.status, 'injected'));
  const [status, body] = answerOf(request.method ?? '', new URL(request.url ?? '/', 'http://x'), text, api);
  if (fault?.cutAfter) response.destroy();
  else send(response, status, body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 204 || body === '' ? undefined : JSON.stringify(body));
}

type Answer = readonly [status: number, body: unknown];

function answerOf(method: string, url: URL, text: string, api: Api): Answer {
  if (url.pathname === '/token') return [200, { access_token: fakeToken({ exp: Date.now() / 1000 + 30 }) }];
  const [, , , , kind, id = '', part, item] = url.pathname.split('/').map(decodeURIComponent);
  if (kind !== 'clusters') return missing(`no ${kind}`);
  if (id === '') return method === 'POST' ? createdCluster(JSON.parse(text), api) : found(url, api);
  const cluster = api.clusters.get(id);
  if (cluster === undefined) return missing(`Cluster '${id}' not found`);
  if (part === undefined) return ofCluster(method, cluster, text, api);
  if (part === 'node_pools') return [200, { items: cluster['pools'] ?? [] }];
  const mirrors = api.mirrors.get(id) ?? [];
  if (item === undefined) return method === 'GET' ? listed(url, mirrors) : createdMirror(JSON.parse(text), id, mirrors);
  return ofMirror(method, item, text, mirrors);
}

// As much of the search grammar as the provider uses.
function found(url: URL, { clusters }: Api): Answer {
  const [, name] = /^name = '(.*)'$/.exec(url.searchParams.get('search') ?? '') ?? [];
  return [200, { items: [...clusters.values()].filter((cluster) => cluster['name'] === name) }];
}

function createdCluster(body: Record<string, unknown>, api: Api): Answer {
  if ([...api.clusters.values()].some((cluster) => cluster['name'] === body['name'])) {
    return [409, refusal(409, `Cluster '${String(body['name'])}' already exists`)];
  }
  const id = `c${api.clusters.size}`;
  const cluster = { ...hostedCluster(id, { external_id: randomUUID(), ...body }), state: 'installing' };
  api.clusters.set(id, cluster);
  api.mirrors.set(id, []);
  setTimeout(() => cluster.state === 'installing' && Object.assign(cluster, { state: 'ready' }), 100);
  return [201, { ...cluster }];
}

function ofCluster(method: string, cluster: FakeCluster, text: string, { clusters, mirrors }: Api): Answer {
  if (method === 'PATCH') Object.assign(cluster, JSON.parse(text));
  if (method !== 'DELETE') return [200, cluster];
  clusters.delete(cluster.id);
  mirrors.delete(cluster.id);
  return [204, undefined];
}

function listed(url: URL, mirrors: readonly FakeMirror[]): Answer {
  const page = Number(url.searchParams.get('page') ?? 1);
  const items = mirrors.slice((page - 1) * 100, page * 100);
  return [200, { kind: 'ImageMirrorList', page, size: items.length, total: mirrors.length, items }];
}

function createdMirror(body: FakeMirror, cluster: string, mirrors: FakeMirror[]): Answer {
  if (mirrors.some(({ source }) => source === body.source)) {
    return [409, refusal(409, `Image mirror with source '${body.source}' already exists for cluster '${cluster}'`)];
  }
  const now = new Date().toISOString();
  const { type, source, mirrors: places } = body;
  const mirror = {
    id: randomUUID(),
    type,
    source,
    mirrors: places,
    creation_timestamp: now,
    last_update_timestamp: now,
  };
  mirrors.push(mirror);
  return [201, { kind: 'ImageMirror', ...mirror }];
}

function ofMirror(method: string, id: string, text: string, mirrors: FakeMirror[]): Answer {
  const at = mirrors.findIndex((mirror) => mirror.id === id);
  const mirror = mirrors[at];
  if (mirror === undefined) return missing(`Image mirror '${id}' not found`);
  if (method === 'DELETE') mirrors.splice(at, 1);
  if (method === 'PATCH') Object.assign(mirror, JSON.parse(text), { last_update_timestamp: new Date().toISOString() });
  return method === 'DELETE' ? [204, undefined] : [200, { kind: 'ImageMirror', ...mirror }];
}

function missing(reason: string): Answer {
  return [404, refusal(404, reason)];
}

/** An error body as the API writes it. */
export function refusal(status: number, reason: string): object {
  return { kind: 'Error', id: String(status), code: `CLUSTERS-MGMT-${status}`, reason, operation_id: 'op' };
}
