// npm run soak [-- SUITE...]: the tests of endurance at their full length: hundreds of kills, minutes of faults.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const suites: Readonly<Record<string, string>> = {
  crash: 'packages/apiserver/test/crash/',
  client: 'packages/kube-client/test/servers/',
  serve: 'packages/cli/test/crash/',
  agent: 'packages/node-agent/test/kill/',
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`no suite is called ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
const folders = Object.entries(suites).flatMap(([name, folder]) =>
  wanted.length === 0 || wanted.includes(name) ? [folder] : [],
);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, ['--conditions=pullpath-source', vitest, 'run', ...folders], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PULLPATH_SOAK: 'full' },
});
process.exitCode = status ?? 1;
