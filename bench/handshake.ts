import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '@pullpath/testkit';
import { bundleProvider } from '../tools/bundle-provider.ts';
import { type Bench, type BenchLine, median } from './bench.ts';

const rounds = 25;

/** The Terraform provider from its start to the line by which core finds it; a plan starts it three times. */
export const handshake: Bench = {
  name: 'handshake',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'pullpath-bench-'));
    const script = join(directory, 'provider.cjs');
    await bundleProvider(script);
    const one = ['-e', 'console.log(1); setInterval(() => {}, 1000)'];
    const [empty, provider]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      empty.push(await untilFirstLine(one, {}));
      provider.push(await untilFirstLine([script], coreEnvironment));
    }
    rmSync(directory, { recursive: true });
    return [line(median(provider), median(empty))];
  },
};

const coreEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  // With a certificate of the client the provider makes one of its own, as under Terraform.
  PLUGIN_CLIENT_CERT: createAuthority().certificate,
};

/** Milliseconds until a Node process has written something. */
async function untilFirstLine(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const time = performance.now() - start;
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  return time;
}

function line(provider: number, empty: number): BenchLine {
  return {
    what: 'Terraform provider: start to handshake',
    value: provider,
    unit: 'ms',
    peer: { name: 'a one-line Node process', value: empty },
    goal: { of: 'ratio', at: 'most', limit: 4 },
  };
}
