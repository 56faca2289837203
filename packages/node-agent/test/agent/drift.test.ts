import { chmodSync, mkdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { awayClient, clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

const wanted = mirrorConf('m.example/ns');

async function settledNode(drift: 'repair' | 'report' = 'repair', checkMs = 60_000): Promise<TestNode> {
  const client = clientOf(await startServer());
  await writeConfig(client, 'one', [
    file(confPath, wanted),
    file('/etc/containers/registries.d/x.yaml', 'docker: {}\n'),
  ]);
  const node = new TestNode(client);
  await node.create();
  node.run({ drift, checkMs });
  await node.takes('one');
  // Let the watch of the directories begin.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return node;
}

test('an edited file is written again at once, CRI-O reloads, and an event tells', async () => {
  const node = await settledNode();
  writeFileSync(join(node.root, confPath), 'edited');
  await expect.poll(() => node.read(confPath), { timeout: 5_000 }).toBe(wanted);
  await expect.poll(() => node.actions()).toEqual(['reload crio.service', 'reload crio.service']);
  await expect.poll(() => node.events()).toContain(`DriftRepaired written again: ${confPath} edited`);
  expect(await node.view()).toMatchObject({ state: 'Done', drift: '' });
});

test('a deleted file and its directory come back', async () => {
  const node = await settledNode('repair', 200);
  rmSync(dirname(join(node.root, '/etc/containers/registries.d/x.yaml')), { recursive: true });
  await expect.poll(() => exists(node, '/etc/containers/registries.d/x.yaml'), { timeout: 5_000 }).toBe(true);
  unlinkSync(join(node.root, '/etc/containers/registries.d/x.yaml'));
  await expect.poll(() => exists(node, '/etc/containers/registries.d/x.yaml'), { timeout: 5_000 }).toBe(true);
});

test('a changed mode is set back', async () => {
  const node = await settledNode('repair', 200);
  chmodSync(join(node.root, confPath), 0o666);
  await expect.poll(() => statSync(join(node.root, confPath)).mode & 0o777, { timeout: 5_000 }).toBe(0o644);
});

test('where edits are kept the Node says so, until they are gone', async () => {
  const node = await settledNode('report');
  writeFileSync(join(node.root, confPath), 'edited');
  await node.says({ drift: `${confPath} edited`, state: 'Done' });
  expect(node.read(confPath)).toBe('edited');
  await expect.poll(() => node.events()).toContain(`Drift ${confPath} edited`);
  writeFileSync(join(node.root, confPath), wanted);
  await node.says({ drift: '' });
  expect(node.actions()).toEqual(['reload crio.service']);
});

test('a directory in the place of a file is left and told', async () => {
  const node = await settledNode();
  unlinkSync(join(node.root, confPath));
  mkdirSync(join(node.root, confPath));
  await node.says({ drift: `${confPath} replaced` });
});

test('what was edited while no agent ran is seen by the next one, without the API', async () => {
  const client = clientOf(await startServer());
  await writeConfig(client, 'one', [file(confPath, wanted)]);
  const node = new TestNode(client);
  await node.create();
  const first = node.run();
  await node.takes('one');
  await first.stop();
  writeFileSync(join(node.root, confPath), 'edited');
  const away = new TestNode(awayClient(), 'node-1', node.root);
  away.run();
  await expect.poll(() => node.read(confPath), { timeout: 5_000 }).toBe(wanted);
  await expect.poll(() => node.actions()).toEqual(['reload crio.service', 'reload crio.service']);
});

function exists(node: TestNode, path: string): boolean {
  return statSync(join(node.root, path), { throwIfNoEntry: false }) !== undefined;
}
