import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient, Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { soak } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { serveProcess } from './serve-process.ts';

const seconds = soak ? 600 : 15;

const tagMirrorSets: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'imagetagmirrorsets',
  kind: 'ImageTagMirrorSet',
  namespaced: false,
};

test(`${seconds} seconds of edits and rollouts end with the last edit on all nodes, and memory does not grow`, {
  timeout: seconds * 1_000 + 180_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-edited-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const server = serveProcess(directory);
  onTestFinished(() => server.kill());
  await server.start();
  const client = connect(await loadConnection({ path: join(directory, 'kubeconfig') }));
  onTestFinished(() => client.close());
  const memory: number[] = [];
  const end = Date.now() + seconds * 1_000;
  for (let round = 1; Date.now() < end || round <= 3; round++) {
    await rolledOut(client, directory, `m${round}.example.com`);
    if (soak) memory.push(server.residentBytes());
  }
  if (!soak) return;
  const quarter = Math.floor(memory.length / 4);
  const [early, late] = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)].map(median);
  console.log({ rounds: memory.length, early, late });
  expect(late).toBeLessThan((early ?? 0) * 1.25);
});

/** One edit, which drains all workers one after the other, until each of them has it. */
async function rolledOut(client: KubeClient, directory: string, mirror: string): Promise<void> {
  const spec = { imageTagMirrors: [{ source: 'quay.io/edited', mirrors: [`${mirror}/x`] }] };
  await client.apply(tagMirrorSets, { metadata: { name: 'edited' }, spec } as never, { force: true });
  const end = Date.now() + 120_000;
  while (!workersHave(directory, mirror)) {
    if (Date.now() > end) throw new Error(`no rollout of ${mirror} in two minutes`);
    await pause(100);
  }
}

function workersHave(directory: string, mirror: string): boolean {
  const paths = ['worker-0', 'worker-1', 'worker-2'].map((name) =>
    join(directory, 'nodes/management', name, 'etc/containers/registries.conf'),
  );
  return paths.every((path) => textOf(path).includes(`${mirror}/x`));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A machine that boots.
    return '';
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
