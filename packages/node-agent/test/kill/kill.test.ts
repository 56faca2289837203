import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeFile } from '@pullpath/pull-config';
import { seeded } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

const kills = process.env['PULLPATH_SOAK'] === 'full' ? 500 : 25;
/** A change takes some 60 calls that change the disk. */
const mostCalls = 70;

const anything = '{"default":[{"type":"insecureAcceptAnything"}]}';
const long = Array.from({ length: 400 }, (_, index) => `m${index}.example.com/ns`);
const one = [
  file(confPath, mirrorConf('m.example/ns')),
  file('/etc/crio/policies/a.json', anything),
  file('/etc/containers/registries.d/a.yaml', 'docker: {}\n'),
];
const two = [
  file(confPath, mirrorConf('m.example/ns', ...long)),
  file('/etc/containers/policy.json', anything),
  file('/etc/containers/registries.d/a.yaml', 'docker: {b.example: {}}\n', 0o600),
];

test(`a node killed at ${kills} points has each file whole, and ends with what was asked for`, {
  timeout: 120_000 + kills * 20_000,
}, async () => {
  const server = await startServer();
  const node = new TestNode(clientOf(server));
  await writeConfig(node.client, 'one', one);
  await writeConfig(node.client, 'two', two);
  await node.create();
  drainAtOnce(node);
  await node.annotate({ desiredConfig: 'one' });
  await runUntilKilled(server.kubeconfig, node, 0);
  const random = seeded(Number(process.env['PULLPATH_SEED'] ?? 1));
  let died = 0;
  for (let at = 0; at < kills; at++) {
    await node.annotate({ desiredConfig: at % 2 === 0 ? 'two' : 'one' });
    if (await runUntilKilled(server.kubeconfig, node, 1 + random.below(mostCalls))) died++;
    expectWhole(node);
  }
  expect(died).toBeGreaterThan(kills / 2);
  await node.annotate({ desiredConfig: 'two' });
  await runUntilKilled(server.kubeconfig, node, 0);
  expect(await node.view()).toMatchObject({ currentConfig: 'two', state: 'Done', reason: '', drift: '' });
  expect(filesBelow(join(node.root, 'etc'))).toEqual(two.map(({ path }) => path).sort());
  for (const { path, contents } of two) expect(node.read(path)).toBe(contents);
  expect(filesBelow(join(node.root, 'var')).filter((path) => path.includes('pullpath-new'))).toEqual([]);
});

/** Every file is the old or the new one, or lacks where one of the configurations does not have it. */
function expectWhole(node: TestNode): void {
  for (const path of new Set([...one, ...two].map((of) => of.path))) {
    const versions = [one, two].map((files) => textAt(files, path));
    const there = existsSync(join(node.root, path)) ? node.read(path) : undefined;
    expect(versions, `${path} is neither old nor new`).toContain(there);
  }
}

/** Whether it was killed; an agent that is done first is ended. */
async function runUntilKilled(kubeconfig: string, node: TestNode, killAt: number): Promise<boolean> {
  const script = join(import.meta.dirname, 'agent.child.ts');
  const flags = ['--conditions=pullpath-source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, script, kubeconfig, node.name, node.root, String(killAt)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  while (child.exitCode === null && child.signalCode === null) {
    const { currentConfig, desiredConfig, state, step } = await node.view();
    if (currentConfig === desiredConfig && state === 'Done' && step === '') child.kill('SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  return child.signalCode === 'SIGKILL';
}

/** What the drain controller does on a node without pods. */
function drainAtOnce(node: TestNode): void {
  const timer = setInterval(async () => {
    const { desiredDrain, lastAppliedDrain } = await node.view();
    if (desiredDrain !== lastAppliedDrain) await node.annotate({ lastAppliedDrain: desiredDrain });
  }, 20);
  onTestFinished(() => clearInterval(timer));
}

function textAt(files: readonly NodeFile[], path: string): string | undefined {
  return files.find((of) => of.path === path)?.contents;
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const root = directory.slice(0, directory.lastIndexOf('/'));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
