// An agent that is killed with SIGKILL at the N-th thing that it does to the disk: node agent.child.ts KUBECONFIG NODE ROOT N
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { runAgent } from '../../src/index.ts';

const [kubeconfig, node = '', root = '', killAt = '0'] = process.argv.slice(2);
const changing = [
  'openSync',
  'writeSync',
  'fchmodSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'unlinkSync',
  'mkdirSync',
  'rmdirSync',
  'rmSync',
  'chmodSync',
  'appendFileSync',
] as const;

const client = connect(await loadConnection({ path: kubeconfig }));
countWrites(Number(killAt));
const report = (error: unknown, doing: string): void => void process.stderr.write(`${doing}: ${String(error)}\n`);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
await runAgent({ client, node, root, report, retryMs: 50 }, stop.signal).ended;
await client.close();

/** Every second death comes before the call, the others after it; one that writes gets half of its bytes to the disk. */
function countWrites(last: number): void {
  const calls = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  let count = 0;
  for (const name of changing) {
    const original = calls[name]!.bind(fs);
    calls[name] = (...args) => {
      if (++count !== last) return original(...args);
      if (name === 'writeSync') original(args[0], args[1], 0, Math.floor((args[1] as Buffer).length / 2));
      else if (last % 2 === 0) original(...args);
      process.kill(process.pid, 'SIGKILL');
      return undefined;
    };
  }
  syncBuiltinESMExports();
}
