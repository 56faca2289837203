import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { type Bench, type BenchLine, timedInTurn } from './bench.ts';

const root = dirname(import.meta.dirname);
const scope = ['--hosted-cluster', 'clusters/my-cluster', '--node-pool', 'my-cluster-workers'];

/** Whole processes from a shell's point of view, each in turn with an empty program on the same Node. */
export const processes: Bench = {
  name: 'processes',
  async run() {
    buildCli();
    const { empty, explain, lint } = timedInTurn(
      {
        empty: () => run(process.execPath, ['-e', '0'], [0]),
        explain: () => run('./pullpath', ['explain', 'quay.io/team/app:v1', '-f', 'examples/unified', ...scope], [0]),
        lint: () => run('./pullpath', ['lint', 'examples/unified'], [0, 1]),
      },
      25,
    );
    return [line('./pullpath explain', explain, empty), line('./pullpath lint', lint, empty)];
  },
};

// The launcher runs the sources while the bundle is older than any of them.
function buildCli(): void {
  run(process.execPath, [join(root, 'tools/build-cli.mjs')], [0]);
}

function run(command: string, args: readonly string[], expected: readonly number[]): void {
  const { status, stderr } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  if (!expected.includes(status ?? -1))
    throw new Error(`${command} ${args.join(' ')} gave ${status}: ${stderr.toString()}`);
}

function line(what: string, value: number, empty: number): BenchLine {
  return {
    what,
    value,
    unit: 'ms',
    peer: { name: 'node -e 0', value: empty },
    goal: { of: 'ratio', at: 'most', limit: 4 },
  };
}
