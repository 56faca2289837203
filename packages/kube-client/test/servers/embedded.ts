import { openServer } from '@pullpath/apiserver';
import type { ServerUnderTest } from './suite.ts';

/** Our own server on a directory, on the port that it had there before. */
export async function startEmbedded(dataDir: string): Promise<ServerUnderTest> {
  const report = (error: unknown): void => console.error(error);
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: [], report });
  return { kubeconfig: server.kubeconfig, stop: async () => server.close() };
}
