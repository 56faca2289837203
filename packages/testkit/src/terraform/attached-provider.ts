import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The provider as a process that Terraform attaches to (TF_REATTACH_PROVIDERS): no installation, one start. */
export interface AttachedProvider {
  /** What Terraform needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  /** What it has written to stderr so far: its log. */
  log(): string;
  close(): void;
}

const source = join(import.meta.dirname, '../../../terraform-provider/src/main.ts');

/** Starts the provider from its sources. Settings of the user (RHCS_...) do not reach it, those of `env` do. */
export async function attachProvider(env: Readonly<Record<string, string>> = {}): Promise<AttachedProvider> {
  const args = ['--conditions=pullpath-source', source, '-debug'];
  const child = spawn(process.execPath, args, {
    env: { ...withoutSettings(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const reattach = await attachment(child, () => log);
  return {
    env: { TF_REATTACH_PROVIDERS: reattach },
    pid: child.pid ?? -1,
    log: () => log,
    close: () => void child.kill('SIGTERM'),
  };
}

function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RHCS_')));
}

async function attachment(child: ChildProcess & { stdout: NodeJS.ReadableStream }, log: () => string): Promise<string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  for await (const line of createInterface({ input: child.stdout })) {
    const [, reattach] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line) ?? [];
    if (reattach === undefined) continue;
    clearTimeout(timer);
    return reattach;
  }
  clearTimeout(timer);
  throw new Error(`the provider did not start: ${log()}`);
}
