import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesOrSkip } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { startPullpath } from './process.ts';
import { runStep } from './run-step.ts';

test('every line that a demo prints to be typed next works as printed', { timeout: 180_000 }, async (context) => {
  const { kubectl } = kubernetesOrSkip(context);
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-demo-'));
  const data = join(directory, 'data');
  const server = await startPullpath(['serve', '--demo', '--data-dir', data], /the next start goes on/);
  onTestFinished(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });
  const lines = server.output().match(/^ {2}\S.*$/gm) ?? [];
  expect(lines.length).toBeGreaterThan(5);
  const world = {
    directory,
    kubeconfig: join(data, 'kubeconfig'),
    kubectl,
    nodes: join(data, 'nodes'),
    output: server.output,
    stop: server.stop,
  };
  // In the folder that they are printed for, the root of the checkout; what has to come first is waited for.
  for (const line of lines) await runStep(world, { title: line, run: line.trim(), cwd: '..', comes: true });
});
