// npm run check [-- --fix]: everything that can be judged without running the product.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fix = process.argv.includes('--fix');
const steps: readonly (readonly [name: string, ...args: string[]])[] = [
  ['tsc', '-b'],
  ['biome', 'check', ...(fix ? ['--write'] : []), '.'],
  ['oxlint', '--type-aware', '.'],
  ['knip'],
];
const failed = steps.filter(([name, ...args]) => {
  console.error(`> ${name} ${args.join(' ')}`);
  return spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
