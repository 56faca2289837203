import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KubeApi, kubeconfigOf, openKubeApi } from '@pullpath/testkit';
import { issueToken } from '../../src/auth/bearer-tokens.ts';
import { rootCluster } from '../../src/http/request-info.ts';
import { openServer } from '../../src/server/open-server.ts';

/** Our server over TLS, on an empty directory. */
export interface OurServer {
  readonly api: KubeApi;
  /** Path of a kubeconfig of the user `admin`, named like the real server's. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/** Starts our server with the built-in kinds alone: a suite installs others as it does on the real one. */
export async function startOurServer(): Promise<OurServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-apiserver-'));
  const failures: unknown[] = [];
  const report = (error: unknown): void => void failures.push(error);
  const server = await openServer({ dataDir: directory, host: '127.0.0.1', port: 0, kinds: [], report });
  const { store } = server.api.rest;
  const token = await issueToken(store, rootCluster, { name: 'admin', uid: 'admin', groups: ['system:masters'] });
  const access = { url: server.url, ca: authorityOf(server.kubeconfig), token };
  const api = openKubeApi(access);
  const kubeconfig = join(directory, 'kubeconfig-of-admin');
  writeFileSync(kubeconfig, kubeconfigOf(access), { mode: 0o600 });
  const stop = async (): Promise<void> => {
    api.close();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
    if (failures.length > 0)
      throw new AggregateError(failures, 'the server reported failures that no client was told of');
  };
  return { api, kubeconfig, stop };
}

function authorityOf(kubeconfig: string): string {
  const [, data = ''] =
    /certificate-authority-data"?: "?([A-Za-z0-9+/=]+)/.exec(readFileSync(kubeconfig, 'utf8')) ?? [];
  return Buffer.from(data, 'base64').toString('utf8');
}
