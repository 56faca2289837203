import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubeApi, kubeconfigOf, openKubeApi } from '@pullpath/testkit';
import { createAdmission } from '../../src/admission/admit.ts';
import type { Authentication } from '../../src/auth/authenticate.ts';
import { issueToken } from '../../src/auth/bearer-tokens.ts';
import { createRequestAccess } from '../../src/auth/request-access.ts';
import { createServiceAccountKey, readServiceAccountKey } from '../../src/auth/service-account-key.ts';
import { builtinEndpoints } from '../../src/builtin/endpoints/index.ts';
import { builtinResources } from '../../src/builtin/index.ts';
import { type ApiServer, createApiServer, listen, loadIdentity, rootCluster, Store } from '../../src/index.ts';
import { decodeProtobuf } from '../../src/protobuf/decode-object.ts';

/** Our server over TLS, on an empty directory. */
export interface OurServer {
  readonly api: KubeApi;
  /** Path of a kubeconfig of the administrator. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/** Starts our server with the built-in kinds alone: a suite installs others as it does on the real one. */
export async function startOurServer(): Promise<OurServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-apiserver-'));
  const store = Store.open({ directory });
  const server = await serverOn(store);
  const token = await issueToken(store, rootCluster, { name: 'admin', uid: 'admin', groups: ['system:masters'] });
  const { authority, server: certificate } = await loadIdentity(directory, '127.0.0.1', new Date());
  const report = (error: unknown): void => console.error(error);
  const listening = await listen(server, { host: '127.0.0.1', port: 0, authority, certificate, report });
  const access = { url: `https://127.0.0.1:${listening.port}`, ca: authority.certificate, token };
  const api = openKubeApi(access);
  const kubeconfig = join(directory, 'test-kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOf(access), { mode: 0o600 });
  const stop = async (): Promise<void> => {
    api.close();
    await listening.close(1000);
    server.close();
    store.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { api, kubeconfig, stop };
}

function serverOn(store: Store): Promise<ApiServer> {
  const now = (): Date => new Date();
  const authentication: Authentication = { store, key: readServiceAccountKey(createServiceAccountKey()), now };
  const access = createRequestAccess(authentication);
  let server: ApiServer | undefined;
  const running = (): ApiServer => {
    if (!server) throw new Error('asked before the server was made');
    return server;
  };
  const admit = createAdmission({
    ...access,
    resourcesOf: (cluster) => running().cluster(cluster).catalog.index.served.resources,
  });
  const endpoints = builtinEndpoints({ rest: () => running().rest, authentication, reviews: access });
  const made = createApiServer({
    store,
    resources: builtinResources(),
    endpoints,
    authenticate: (request, cluster) => access.authenticate(request, cluster),
    authorize: (user, request, target) => access.authorize(user, request, target),
    admit,
    decodeProtobuf,
    report: (error) => console.error(error),
  });
  return made.then((ready) => {
    server = ready;
    return ready;
  });
}
