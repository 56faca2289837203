import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesPrograms } from '@pullpath/testkit';
import { startPullpath } from './process.ts';

/** Where a walkthrough happens: an API server with controllers and nodes. */
export interface World {
  readonly directory: string;
  readonly kubeconfig: string;
  readonly kubectl: readonly string[];
  /** Folder of the nodes' directories. */
  readonly nodes: string;
  /** What its programs said, for whoever looks for the cause of a failure. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** `pullpath serve` on an empty directory, as a user starts it. */
export async function serveWorld({ kubectl }: Pick<KubernetesPrograms, 'kubectl'>): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-walkthrough-'));
  const data = join(directory, 'data');
  const server = await startPullpath(['serve', '--data-dir', data], /^ready /m);
  return {
    directory,
    kubeconfig: join(data, 'kubeconfig'),
    kubectl,
    nodes: join(data, 'nodes'),
    output: server.output,
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
