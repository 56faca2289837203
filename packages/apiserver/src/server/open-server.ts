import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KindDefinition } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { type AdmissionFunction, createAdmission } from '../admission/admit.ts';
import type { Authentication } from '../auth/authenticate.ts';
import { createRequestAccess } from '../auth/request-access.ts';
import { createServiceAccountKey, readServiceAccountKey, type ServiceAccountKey } from '../auth/service-account-key.ts';
import { builtinEndpoints } from '../builtin/endpoints/index.ts';
import { builtinResources } from '../builtin/index.ts';
import type { Controller } from '../gc/context.ts';
import { createControllers } from '../gc/controllers.ts';
import { rootCluster } from '../http/request-info.ts';
import { decodeProtobuf } from '../protobuf/decode-object.ts';
import type { Store } from '../store/store.ts';
import { type ApiServer, createApiServer } from './api-server.ts';
import { backupAnswer, backupPath } from './backup-answer.ts';
import { bootstrapCluster } from './bootstrap-cluster.ts';
import { type Identity, loadIdentity, writePrivate } from './identity-files.ts';
import { kubeconfig } from './kubeconfig.ts';
import { type Listening, listen } from './listener.ts';
import type { ServerLimits } from './options.ts';
import { openServerStore } from './server-store.ts';

export interface OpenServerOptions {
  readonly dataDir: string;
  readonly host: string;
  /** 0 for the port of the last time, or any free one. */
  readonly port: number;
  /** Installed as CustomResourceDefinitions. */
  readonly kinds: readonly KindDefinition[];
  /** Further admission; each may throw `ApiError`. */
  readonly admission?: readonly AdmissionFunction[];
  readonly limits?: Partial<ServerLimits>;
  readonly now?: () => Date;
  /** Failures that no client is told of. */
  readonly report: (error: unknown) => void;
}

/** A server on a data directory that answers. */
export interface OpenServer {
  readonly api: ApiServer;
  readonly url: string;
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** The certificates of the data directory, for what listens beside the API. */
  readonly identity: Identity;
  /** Small facts about the data directory, kept beside its objects. */
  readonly notes: Notes;
  /** Creates a logical cluster, or finds it; gives the text of its administrator's kubeconfig. */
  addCluster(name: string): Promise<string>;
  /** Ends watches, lets requests finish for a moment, and lets go of the directory. */
  close(): Promise<void>;
}

export interface Notes {
  get(key: string): string | undefined;
  /** Durable when it returns. */
  set(key: string, value: string): void;
}

/** Opens a data directory and serves it over TLS. Rejects with `CodedError`: those of `Store.open`, `server-files`, `listen-failed`. */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const { dataDir, now = () => new Date() } = options;
  const store = openServerStore(dataDir);
  try {
    const identity = await loadIdentity(dataDir, options.host, now());
    const { api, controllers } = await assemble(store, options, now);
    await Promise.all(api.clusterNames().map((name) => bootstrapCluster(api.rest, name)));
    const listening = await listenAgain(api, store, options, identity);
    controllers.start();
    return opened({ store, api, controllers, identity, listening, options });
  } catch (error) {
    store.close();
    throw error;
  }
}

async function assemble(
  store: Store,
  { dataDir, kinds, admission = [], limits = {}, report }: OpenServerOptions,
  now: () => Date,
): Promise<{ api: ApiServer; controllers: Controller }> {
  const authentication: Authentication = { store, key: serviceAccountKey(dataDir), now };
  const access = createRequestAccess(authentication);
  const later: { api?: ApiServer } = {};
  const running = (): ApiServer => {
    if (!later.api) throw new Error('asked before the server was made');
    return later.api;
  };
  const resourcesOf = (cluster: string) => running().cluster(cluster).catalog.index.served.resources;
  const api = await createApiServer({
    store,
    resources: builtinResources(),
    endpoints: builtinEndpoints({ rest: () => running().rest, authentication, reviews: access }),
    kinds,
    authenticate: (request, cluster) => access.authenticate(request, cluster),
    authorize: (user, request, target) => access.authorize(user, request, target),
    admit: createAdmission({ ...access, resourcesOf }, admission),
    decodeProtobuf,
    paths: { [backupPath]: () => backupAnswer(store) },
    limits,
    now,
    report,
    started: (server) => {
      later.api = server;
    },
  });
  return { api, controllers: createControllers({ rest: api.rest, resourcesOf, now, report }) };
}

/** The key that signs ServiceAccount tokens; made once for a data directory. */
function serviceAccountKey(directory: string): ServiceAccountKey {
  const path = join(directory, 'pki', 'service-account.key');
  try {
    if (!existsSync(path)) writePrivate(path, createServiceAccountKey());
    return readServiceAccountKey(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CodedError('server-files', `cannot use ${path}: ${(error as Error).message}`, {
      hint: 'remove the file to have another key made; tokens that were issued end with it',
      cause: error,
    });
  }
}

const lastPort = 'listen-port';

/** On the port of the last time where none is asked for, so that kubeconfigs go on working. */
async function listenAgain(
  api: ApiServer,
  store: Store,
  { host, port, report }: OpenServerOptions,
  { authority, server: certificate }: Identity,
): Promise<Listening> {
  const remembered = port === 0 ? Number(store.meta(lastPort) ?? 0) : port;
  const on = (wanted: number): Promise<Listening> =>
    listen(api, { host, port: wanted, authority, certificate, report });
  const listening = await on(remembered).catch((error: unknown) => {
    if (port !== 0 || remembered === 0) throw error;
    return on(0);
  });
  store.setMeta(lastPort, String(listening.port));
  return listening;
}

interface Parts {
  readonly store: Store;
  readonly api: ApiServer;
  readonly controllers: Controller;
  readonly identity: Identity;
  readonly listening: Listening;
  readonly options: OpenServerOptions;
}

const closingMs = 5000;

function opened({ store, api, controllers, identity, listening, options }: Parts): OpenServer {
  const url = `https://${urlHost(options.host)}:${listening.port}`;
  const path = join(options.dataDir, 'kubeconfig');
  const configOf = (server: string, name: string): string =>
    kubeconfig(server, name, identity.authority, identity.admin);
  writePrivate(path, configOf(url, 'pullpath'));
  return {
    api,
    url,
    kubeconfig: path,
    identity,
    notes: { get: (key) => store.meta(key), set: (key, value) => store.setMeta(key, value) },
    async addCluster(name) {
      if (name !== rootCluster) api.cluster(name);
      await bootstrapCluster(api.rest, name);
      return configOf(name === rootCluster ? url : `${url}/clusters/${name}`, name);
    },
    async close() {
      api.drain();
      await listening.close(closingMs);
      controllers.stop();
      api.close();
      store.close();
    },
  };
}

/** The host of a URL under which a listener on `host` is reached from this machine. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
