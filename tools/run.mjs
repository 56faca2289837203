// node tools/run.mjs SCRIPT [ARGS]: runs a TypeScript file of this repository on the pinned Node, bootstrapping first.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { bootstrap, nodeBinary, root } from './bootstrap.mjs';

await bootstrap();
const [script, ...args] = process.argv.slice(2);
const child = spawn(
  nodeBinary,
  ['--conditions=pullpath-source', '--disable-warning=ExperimentalWarning', join(root, script), ...args],
  {
    stdio: 'inherit',
    // INIT_CWD is where the user typed "npm run"; npm itself moves to the root.
    cwd: process.env.INIT_CWD ?? process.cwd(),
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
