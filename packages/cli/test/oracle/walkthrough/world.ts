import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesPrograms } from '@pullpath/testkit';

/** Where a walkthrough happens: an API server with controllers and nodes. */
export interface World {
  readonly directory: string;
  readonly kubeconfig: string;
  readonly kubectl: readonly string[];
  /** Folder of the nodes' directories. */
  readonly nodes: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../../../../..');

/** `pullpath serve` on an empty directory, as a user starts it. */
export async function serveWorld({ kubectl }: Pick<KubernetesPrograms, 'kubectl'>): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-walkthrough-'));
  const data = join(directory, 'data');
  const server = await started(['serve', '--data-dir', data], /^ready /m);
  return {
    directory,
    kubeconfig: join(data, 'kubeconfig'),
    kubectl,
    nodes: join(data, 'nodes'),
    async stop() {
      await ended(server);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A pullpath process that has printed a line on stdout. */
async function started(args: readonly string[], line: RegExp): Promise<ChildProcess> {
  const child = spawn(join(root, 'pullpath'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (line.test(text)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`pullpath ${args[0]} ended with ${code}`)));
  });
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
