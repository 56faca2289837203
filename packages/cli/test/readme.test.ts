import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Every console block of the README that runs `./pullpath`: its command, and what it shows. */
function shownRuns(): [command: string, output: string][] {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = text.split('```console\n').slice(1);
  return blocks
    .map((block) => block.slice(0, block.indexOf('```')))
    .filter((block) => block.startsWith('$ ./pullpath'))
    .map((block) => [block.slice(2, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1)]);
}

test.each(shownRuns())('the README shows what this prints: %s', (command, output) => {
  const { stdout } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe(output);
});
