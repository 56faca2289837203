import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtinResources } from '../../src/builtin/index.ts';
import type { ApiRequest, ApiResponse } from '../../src/http/exchange.ts';
import { type ApiServer, createApiServer, Store } from '../../src/index.ts';
import { decodeProtobuf } from '../../src/protobuf/decode-object.ts';
import type { ApiServerOptions } from '../../src/server/options.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: ApiResponse['headers'];
  /** The body as JSON where it is JSON, else as text. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every kind.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** An API in process, on a directory of its own; every request may do everything. */
export interface TestApi {
  readonly server: ApiServer;
  readonly store: Store;
  request(method: string, path: string, body?: Json | string, headers?: Record<string, string>): Promise<Answer>;
  /** Lines of a watch that ends by itself. */
  watch(path: string, headers?: Record<string, string>): Promise<readonly Json[]>;
  close(): void;
}

export async function testApi(options: Partial<ApiServerOptions> = {}): Promise<TestApi> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-api-'));
  const store = Store.open({ directory });
  const server = await createApiServer({
    store,
    resources: builtinResources(),
    authenticate: () => ({ name: 'admin', groups: [] }),
    authorize: () => undefined,
    admit: () => undefined,
    decodeProtobuf,
    now: () => new Date('2026-01-02T03:04:05Z'),
    random: () => 0.5,
    report: (error) => console.error(error),
    ...options,
  });
  return {
    server,
    store,
    request: async (method, path, body, headers = {}) =>
      read(await server.handle(apiRequest(method, path, body, headers))),
    watch: async (path, headers = {}) => lines(await server.handle(apiRequest('GET', path, undefined, headers))),
    close() {
      server.close();
      store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function apiRequest(
  method: string,
  path: string,
  body?: Json | string,
  headers: Record<string, string> = {},
): ApiRequest {
  const [plain = '', query = ''] = path.split('?');
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method,
    path: plain,
    query: new URLSearchParams(query),
    headers: { 'user-agent': 'test/1', 'content-type': contentType(method), ...headers },
    body: () => Promise.resolve(Buffer.from(text)),
    signal: new AbortController().signal,
  };
}

function contentType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

async function read({ status, headers, body }: ApiResponse): Promise<Answer> {
  const text = await textOf(body);
  const isJson = String(headers['content-type']).startsWith('application/json');
  return { status, headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

async function textOf(body: ApiResponse['body']): Promise<string> {
  if (Buffer.isBuffer(body)) return body.toString();
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function lines({ body }: ApiResponse): Promise<Json[]> {
  const text = await textOf(body);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}

/** A namespaced kind with defaults, rules, status, scale, columns and a selectable field. */
export const widgetDefinition: Json = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.dev' },
  spec: {
    group: 'example.dev',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['things'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
        },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
        ],
        selectableFields: [{ jsonPath: '.spec.color' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { type: 'integer', maximum: 9 },
                  color: { type: 'string', enum: ['red', 'blue'], default: 'red' },
                  replicas: { type: 'integer' },
                },
                'x-kubernetes-validations': [{ rule: 'self.size != 7', message: 'size may not be 7' }],
              },
              status: {
                type: 'object',
                properties: {
                  replicas: { type: 'integer' },
                  conditions: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { type: { type: 'string' }, status: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

export const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
export const widgets = '/apis/example.dev/v1/namespaces/default/widgets';

export function widget(name: string, spec: Json, more: Json = {}): Json {
  return { apiVersion: 'example.dev/v1', kind: 'Widget', metadata: { name }, spec, ...more };
}

/** An API that serves widgets. */
export async function widgetApi(options: Partial<ApiServerOptions> = {}): Promise<TestApi> {
  const api = await testApi(options);
  await api.request('POST', definitions, widgetDefinition);
  return api;
}
