import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const root: string = join(import.meta.dirname, '../../../../..');

/** A pullpath process. */
export interface Process {
  /** Everything that it wrote so far. */
  readonly output: () => string;
  /** Ends it as an administrator does, and waits for that. */
  readonly stop: () => Promise<void>;
}

/** Starts `pullpath ARGS` and waits until a line of its output matches. Rejects when it ends before that. */
export async function startPullpath(args: readonly string[], ready: RegExp): Promise<Process> {
  const child = spawn(join(root, 'pullpath'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (ready.test(text)) resolve();
      });
    }
    child.once('exit', (code) => reject(new Error(`pullpath ${args[0]} ended with ${code}: ${text}`)));
  });
  return { output: () => text, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
