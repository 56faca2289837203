import type { KindDefinition } from '@pullpath/api';
import { type AdmissionFunction, createAdmission } from '../admission/admit.ts';
import type { Authentication } from '../auth/authenticate.ts';
import { createRequestAccess } from '../auth/request-access.ts';
import type { ServiceAccountKey } from '../auth/service-account-key.ts';
import { builtinEndpoints } from '../builtin/endpoints/index.ts';
import { builtinResources } from '../builtin/index.ts';
import type { Controller } from '../gc/context.ts';
import { createControllers } from '../gc/controllers.ts';
import { rootCluster } from '../http/request-info.ts';
import { decodeProtobuf } from '../protobuf/decode-object.ts';
import { type ApiServer, createApiServer } from '../server/api-server.ts';
import { backupAnswer, backupPath } from '../server/backup-answer.ts';
import type { ServerLimits } from '../server/options.ts';
import type { Store } from '../store/store.ts';
import { installBootstrapObjects } from './bootstrap-objects.ts';

/** A server of the Kubernetes API: the built-in kinds, and those that are given. */
export interface KubernetesServerOptions {
  readonly store: Store;
  /** Signs ServiceAccount tokens. */
  readonly key: ServiceAccountKey;
  /** Served as CustomResourceDefinitions. */
  readonly kinds?: readonly KindDefinition[];
  /** Further checks of every write. */
  readonly admission?: readonly AdmissionFunction[];
  readonly limits?: Partial<ServerLimits>;
  now?(): Date;
  random?(): number;
  /** A failure that no client is told of. */
  report?(error: unknown): void;
}

export interface KubernetesServer extends ApiServer {
  /** Garbage collection, namespace deletion and the rest; `settled` is for tests. */
  readonly controllers: Controller;
  /** Makes a logical cluster with what every cluster starts with; there already is fine. */
  createCluster(name: string): Promise<void>;
}

/** Puts a server together and starts its controllers; the root cluster is ready to use. */
export async function createKubernetesServer(options: KubernetesServerOptions): Promise<KubernetesServer> {
  const { store, key, admission = [], now = () => new Date(), report = () => undefined } = options;
  const authentication: Authentication = { store, key, now };
  const access = createRequestAccess(authentication);
  let made: ApiServer | undefined;
  const running = (): ApiServer => {
    if (!made) throw new Error('the server was asked before it was made');
    return made;
  };
  const resourcesOf = (cluster: string) => running().cluster(cluster).catalog.index.served.resources;
  const admit = createAdmission({ ...access, resourcesOf }, admission);
  made = await createApiServer({
    ...options,
    ...access,
    resources: builtinResources(),
    endpoints: builtinEndpoints({ rest: () => running().rest, authentication, reviews: access }),
    // The server's own objects come first, when nobody is there to ask.
    admit: (attributes) => (made ? admit(attributes) : undefined),
    decodeProtobuf,
    paths: { [backupPath]: () => backupAnswer(store) },
    now,
    report,
  });
  const controllers = createControllers({ rest: made.rest, resourcesOf, now, report });
  controllers.start();
  await installBootstrapObjects(made.rest, rootCluster);
  return withControllers(made, controllers);
}

function withControllers(server: ApiServer, controllers: Controller): KubernetesServer {
  return {
    rest: server.rest,
    controllers,
    handle: (request) => server.handle(request),
    cluster: (name) => server.cluster(name),
    clusterNames: () => server.clusterNames(),
    drain: () => server.drain(),
    async createCluster(name) {
      server.cluster(name);
      await installBootstrapObjects(server.rest, name);
    },
    close() {
      controllers.stop();
      server.close();
    },
  };
}
