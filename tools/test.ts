// npm test [-- FILTER...]: the behaviour of every room, then the recorded cases that travel with the repository.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filters = process.argv.slice(2);
run('node_modules/vitest/vitest.mjs', ['run', ...filters]);
if (filters.length === 0) run('tools/vectors.ts', ['conformance', '--skip', '@conformance/later.txt']);

function run(script: string, args: string[]): void {
  const { status } = spawnSync(process.execPath, ['--conditions=pullpath-source', join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
