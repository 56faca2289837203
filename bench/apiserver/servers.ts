import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiAccess, type KubernetesPrograms, startControlPlane } from '@pullpath/testkit';
import { build } from 'esbuild';

/** An API server that runs in processes of its own on an empty directory. */
export interface MeasuredServer {
  readonly access: ApiAccess;
  /** Milliseconds from nothing until it was usable. */
  readonly startMs: number;
  /** Resident MiB of all its processes. */
  memory(): number;
  /** Milliseconds of processor time that they took so far. */
  processorMs(): number;
  stop(): Promise<void>;
}

const requireInModules = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** Bundles our server as the CLI is bundled; gives the file. */
export async function bundleServer(directory: string): Promise<string> {
  const outfile = join(directory, 'serve.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'serve.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    conditions: ['pullpath-source'],
    minifyWhitespace: true,
    banner: { js: requireInModules },
    logLevel: 'warning',
  });
  return outfile;
}

export async function startOurs(bundle: string): Promise<MeasuredServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
  const start = performance.now();
  const child = spawn(process.execPath, [bundle, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const access = JSON.parse(await firstLine(child));
  const startMs = performance.now() - start;
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(directory, { recursive: true, force: true });
  };
  const pids = [child.pid ?? 0];
  return { access, startMs, ...taken(pids), stop };
}

/** The real API server and its etcd, which does not wait for the disk there. */
export async function startReal(programs: KubernetesPrograms): Promise<MeasuredServer> {
  const before = new Set(childrenOf(process.pid));
  const start = performance.now();
  const plane = await startControlPlane(programs);
  const { api } = plane;
  const startMs = performance.now() - start;
  const pids = childrenOf(process.pid).filter((pid) => !before.has(pid));
  return {
    access: { url: api.url, ca: api.ca, token: api.token },
    startMs,
    ...taken(pids),
    stop: async () => plane.stop(),
  };
}

/** What processes take of the machine. */
function taken(pids: readonly number[]): Pick<MeasuredServer, 'memory' | 'processorMs'> {
  const sum = (of: (pid: number) => number): number => pids.reduce((total, pid) => total + of(pid), 0);
  return { memory: () => sum(residentMiB), processorMs: () => sum(processorMs) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => new RegExp(`^PPid:\\s+${parent}$`, 'm').test(statusOf(pid)));
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(statusOf(pid))?.[1] ?? 0) / 1024;
}

// In hundredths of a second: user and system time are the 12th and 13th field after the name.
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
