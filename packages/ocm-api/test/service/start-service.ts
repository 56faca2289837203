import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, openServer } from '@pullpath/apiserver';
import { type Clock, KubeClient, type Resource, systemClock } from '@pullpath/kube-client';
import { onTestFinished } from 'vitest';
import {
  createOcmService,
  createSecret,
  createSigningKey,
  type Grantee,
  type HostedCluster,
  handleOcmRequest,
  hostedClusters,
  issueAccessToken,
  kubeClusterStore,
  type NodePool,
  nodePools,
  type OcmService,
  type OcmServiceOptions,
  readSigningKey,
  type ServiceAccount,
  type ServiceAnswer,
} from '../../src/index.ts';

const key = readSigningKey(createSigningKey());
const ours = kinds.filter(({ group }) => group === 'hypershift.openshift.io');
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

export interface Asked {
  readonly body?: unknown;
  readonly text?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly as?: Grantee;
}

/** A service on a Kubernetes API of its own. */
export interface Started {
  readonly service: OcmService;
  readonly client: KubeClient;
  readonly accounts: Map<string, ServiceAccount>;
  readonly reports: unknown[];
  readonly token: (grantee?: Grantee, ageSeconds?: number) => string;
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answered>;
  /** Makes a HostedCluster with this id, available unless said. */
  readonly seed: (id: string, more?: Seed) => Promise<HostedCluster>;
  readonly read: (name: string) => Promise<HostedCluster>;
}

/** A body, as far as tests look into it. */
export interface Json {
  readonly id: string;
  readonly items: readonly Json[];
  readonly mirrors: readonly string[];
  readonly access_token: string;
  readonly creation_timestamp: string;
  readonly last_update_timestamp: string;
  readonly [member: string]: unknown;
}

export interface Answered extends ServiceAnswer {
  readonly json: Json;
}

export interface Seed {
  readonly name?: string;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly available?: boolean;
}

export async function startService(options: Partial<OcmServiceOptions> = {}): Promise<Started> {
  return startServiceOn(await openApi(), options);
}

/** A service on any Kubernetes API that has the kinds of hypershift and a namespace `clusters`. */
export function startServiceOn(client: KubeClient, options: Partial<OcmServiceOptions> = {}): Started {
  const accounts = new Map<string, ServiceAccount>();
  const reports: unknown[] = [];
  let ids = 0;
  const service = createOcmService({
    store: kubeClusterStore(client),
    accounts: { find: (id) => Promise.resolve(accounts.get(id)) },
    key,
    clock: systemClock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    debounceMs: 0,
    report: (error) => void reports.push(error),
    ...options,
  });
  onTestFinished(() => service.pauses.stop());
  const token = (grantee: Grantee = { username: 'tester' }, ageSeconds = 0): string =>
    issueAccessToken(key, grantee, {
      now: Math.floor(service.now() / 1000) - ageSeconds,
      lifetimeSeconds: 900,
      id: 'jti',
    });
  return {
    service,
    client,
    accounts,
    reports,
    token,
    ask: (method, path, asked = {}) => ask(service, method, path, token(asked.as), asked),
    seed: (id, more) => seed(client, id, more),
    read: (name) => client.get(hostedClusters, { namespace: 'clusters', name }),
  };
}

async function openApi(): Promise<KubeClient> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-ocm-'));
  const report = (error: unknown): void => {
    throw error;
  };
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: ours, report });
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  const client = new KubeClient({ transport: inProcess(server.api) });
  await client.create(namespaces, { metadata: { name: 'clusters' } });
  return client;
}

async function ask(
  service: OcmService,
  method: string,
  path: string,
  token: string,
  { body, text, query = {}, headers = {} }: Asked,
): Promise<Answered> {
  const answer = await handleOcmRequest(service, {
    method,
    segments: path.split('/').slice(1),
    query: new URLSearchParams(query),
    headers: { authorization: `Bearer ${token}`, ...headers },
    remote: '127.0.0.1',
    body: () => Promise.resolve(text ?? JSON.stringify(body)),
  });
  return { ...answer, json: (answer.body ?? {}) as unknown as Json };
}

async function seed(client: KubeClient, id: string, { name = id, spec, annotations, available = true }: Seed = {}) {
  const metadata = { namespace: 'clusters', name, ...(annotations === undefined ? {} : { annotations }) };
  const release = { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' };
  const created = await client.create<HostedCluster>(hostedClusters, {
    metadata,
    spec: { clusterID: id, release, ...spec },
  });
  return available ? setAvailable(client, name) : created;
}

/** What the operator writes once the control plane is up. */
export function setAvailable(client: KubeClient, name: string): Promise<HostedCluster> {
  const condition = {
    type: 'Available',
    status: 'True',
    reason: 'AsExpected',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  const place = { namespace: 'clusters', name };
  return client.patch(
    hostedClusters,
    place,
    'merge',
    { status: { conditions: [condition] } },
    { subresource: 'status' },
  );
}

/** A NodePool of a cluster. */
export function seedPool(client: KubeClient, clusterName: string, name: string): Promise<NodePool> {
  const release = { image: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64' };
  const spec = { clusterName, release, replicas: 2, management: { upgradeType: 'Replace' } };
  return client.create(nodePools, { metadata: { namespace: 'clusters', name }, spec });
}

/** A service account whose secret is told. */
export function seedAccount({ accounts }: Started, clusters?: readonly string[]): { id: string; secret: string } {
  const { secret, secretDigest } = createSecret();
  accounts.set('svc-1', {
    clientId: 'svc-1',
    name: 'robot',
    secretDigest,
    ...(clusters === undefined ? {} : { clusters }),
  });
  return { id: 'svc-1', secret };
}

/** A clock that stands still until it is moved. */
export function heldClock(start = '2026-01-01T00:00:00.000Z'): Clock & { advance(ms: number): void } {
  let now = Date.parse(start);
  return {
    now: () => now,
    monotonic: () => now,
    schedule: (ms, work) => systemClock.schedule(ms, work),
    advance: (ms) => {
      now += ms;
    },
  };
}
