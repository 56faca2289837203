import {
  createKubernetesServer,
  createServiceAccountKey,
  issueToken,
  listen,
  loadIdentity,
  readServiceAccountKey,
  rootCluster,
  Store,
} from '@pullpath/apiserver';
import type { ServerUnderTest } from './suite.ts';

/** Our own server on a directory, on a free port unless one is given. */
export async function startEmbedded(directory: string, port = 0): Promise<ServerUnderTest> {
  const report = (error: unknown): void => console.error(error);
  const store = Store.open({ directory });
  const server = await createKubernetesServer({ store, key: readServiceAccountKey(createServiceAccountKey()), report });
  const token = await issueToken(store, rootCluster, { name: 'admin', uid: 'admin', groups: ['system:masters'] });
  const { authority, server: certificate } = await loadIdentity(directory, '127.0.0.1', new Date());
  const listening = await listen(server, { host: '127.0.0.1', port, authority, certificate, report });
  const stop = async (): Promise<void> => {
    await listening.close(1_000);
    server.close();
    store.close();
  };
  return { url: `https://127.0.0.1:${listening.port}`, ca: authority.certificate, token, stop };
}
