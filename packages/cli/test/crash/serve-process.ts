import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const pullpath = join(import.meta.dirname, '../../../../pullpath');

/** A `pullpath serve --demo` that is killed and started again on one directory. */
export interface ServeProcess {
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** At once, as a machine that loses its power. */
  kill(): Promise<void>;
  /** Memory that it holds now. */
  residentBytes(): number;
}

export function serveProcess(dataDir: string): ServeProcess {
  let child: ChildProcess | undefined;
  return {
    async start() {
      const started = spawn(pullpath, ['serve', '--demo', '--data-dir', dataDir], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      await new Promise<void>((resolve, reject) => {
        let text = '';
        started.stderr.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        started.stdout.once('data', () => resolve());
        started.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${text}`)));
      });
    },
    residentBytes() {
      const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    },
    async kill() {
      const killed = child;
      if (!killed || killed.exitCode !== null || killed.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        killed.once('exit', () => resolve());
        killed.kill('SIGKILL');
      });
    },
  };
}
