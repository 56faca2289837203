// npm run build: the packages for publishing (tsc) and the bundled CLI of this checkout.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
for (const [command, ...args] of [
  [join(root, 'node_modules/.bin/tsc'), '-b'],
  [process.execPath, join(root, 'tools/build-cli.mjs')],
] as const) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
