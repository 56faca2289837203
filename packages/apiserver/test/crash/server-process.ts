import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server in a process of its own, which can be killed. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Resolves with its address, or undefined when it ended before it was ready. */
  readonly ready: Promise<string | undefined>;
  /** Milliseconds from the start of the process until it was ready. */
  readonly startMs: () => number;
  /** Milliseconds of processor time that it took so far, which others on the machine do not lengthen; Linux alone tells. */
  processorMs(): number;
  /** Resident MiB; Linux alone tells. */
  memory(): number;
  /** What it said on stderr. */
  readonly said: () => string;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a server on a data directory; `limit` is a shell command before it, such as an `ulimit`. */
export function startServerProcess(directory: string, limit = 'true'): ServerProcess {
  const start = performance.now();
  const script = join(import.meta.dirname, 'serve.child.ts');
  const flags = ['--conditions=pullpath-source', '--disable-warning=ExperimentalWarning'];
  const child = spawn('sh', ['-c', `${limit}; exec "$@"`, 'sh', process.execPath, ...flags, script, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  let startMs = Number.NaN;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ready = new Promise<string | undefined>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      startMs = performance.now() - start;
      resolve(/ready (\S+)/.exec(text)?.[1]);
    });
    child.once('exit', () => resolve(undefined));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    child,
    ready,
    kill,
    processorMs: () => processorMs(child.pid),
    memory: () => residentMiB(child.pid),
    startMs: () => startMs,
    said: () => said,
  };
}

function processorMs(pid: number | undefined): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [user, system] = [Number(afterName[11]), Number(afterName[12])];
  return (user + system) * 10;
}

function residentMiB(pid: number | undefined): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** The administrator's credentials of a data directory. */
export function adminOf(directory: string): { ca: string; cert: string; key: string } {
  const { clusters, users } = JSON.parse(readFileSync(join(directory, 'kubeconfig'), 'utf8'));
  const text = (base64: string): string => Buffer.from(base64, 'base64').toString();
  return {
    ca: text(clusters[0].cluster['certificate-authority-data']),
    cert: text(users[0].user['client-certificate-data']),
    key: text(users[0].user['client-key-data']),
  };
}
