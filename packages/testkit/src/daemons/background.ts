import { type ChildProcess, spawn } from 'node:child_process';

/** A program that runs until it is stopped. */
export interface Background {
  /** What it has written so far, both streams. */
  output(): string;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until `isReady` says so. Throws with the program's output when it ends before that, or is not
 * ready within 20 seconds.
 */
export async function startBackground(
  command: readonly [string, ...string[]],
  isReady: () => Promise<boolean>,
  env: Readonly<Record<string, string>> = {},
): Promise<Background> {
  const [program, ...args] = command;
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: string): void => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const ended = new Promise<void>((resolve) => child.on('error', () => resolve()).on('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const deadline = Date.now() + 20_000;
  while (!(await isReady())) {
    if (hasEnded(child) || Date.now() > deadline) {
      await stop();
      throw new Error(`${program} did not start: ${output.slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { output: () => output, stop };
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
