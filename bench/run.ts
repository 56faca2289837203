// npm run bench [-- NAME...]: medians and ratios, each against a goal or a peer of the same run. A missed goal is marked;
// it does not fail the command, because a busy machine is no defect.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benches } from './index.ts';

const known = benches.map(({ name }) => name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no measurement is called ${unknown.join(', ')}; there are ${known.join(', ')}`);
  process.exit(2);
}
console.log(`Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, medians`);
const chosen = known.filter((name) => wanted.length === 0 || wanted.includes(name));
process.exitCode = chosen.map(measure).every((status) => status === 0) ? 0 : 1;

/** In a process of its own: what one measurement leaves in the heap would slow the next. */
function measure(name: string): number | null {
  const args = [...process.execArgv, join(import.meta.dirname, 'print-lines.ts'), name];
  return spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status;
}
