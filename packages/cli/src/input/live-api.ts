import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeClient } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';

/** Which API server a command asks. */
export interface LiveFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Runs work with a client of the API server that the flags name, and closes it. */
export async function withLiveApi<T>(flags: LiveFlags, work: (client: KubeClient) => Promise<T>): Promise<T> {
  const connection = await loadConnection({ path: flags.kubeconfig ?? servedHere(), context: flags.context });
  const client = connect(connection, { userAgent: 'pullpath', deadlineMs: 30_000, attemptMs: 15_000 });
  try {
    // Someone waits at the prompt: what cannot be reached is told at once, not when every retry has failed.
    await client.raw('/version', { retry: false });
    return await work(client);
  } finally {
    await client.close();
  }
}

/** The kubeconfig that `pullpath serve` wrote into this directory, unless KUBECONFIG names another. */
function servedHere(): string | undefined {
  const path = join('.pullpath', 'kubeconfig');
  return process.env['KUBECONFIG'] || !existsSync(path) ? undefined : path;
}
