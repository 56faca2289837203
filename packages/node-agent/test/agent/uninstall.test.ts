import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { nodes } from '../../src/agent/agent-api.ts';
import { recorderEffects } from '../../src/effects/recorder.ts';
import { forgetNode, giveBackNode } from '../../src/index.ts';
import { openRoot } from '../../src/root/node-root.ts';
import { agentAnnotations } from '../../src/steps/annotations.ts';
import { clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

const original = 'unqualified-search-registries = ["docker.io"]\n';

const policy = '{"default":[{"type":"reject"}]}';

async function installed(): Promise<TestNode> {
  const client = clientOf(await startServer());
  const added = file('/etc/crio/policies/ns.json', policy);
  await writeConfig(client, 'one', [
    file(confPath, `${original}${mirrorConf('m.example/ns').split('\n').slice(1).join('\n')}`),
    added,
  ]);
  const node = new TestNode(client);
  mkdirSync(dirname(join(node.root, confPath)), { recursive: true });
  writeFileSync(join(node.root, confPath), original);
  await node.create();
  const agent = node.run();
  await node.takes('one');
  await agent.stop();
  return node;
}

test('what lay there before comes back, what is ours goes, and the Node says no more', async () => {
  const node = await installed();
  const recorded: string[] = [];
  const record = ({ action }: { action: string }): void => void recorded.push(action);
  const effects = recorderEffects(openRoot(node.root), { record });
  const { client, name, root } = node;
  const outcome = await giveBackNode({ root, effects });
  expect(outcome).toEqual({ restored: [confPath, '/etc/crio/policies/ns.json'], left: [] });
  expect(node.read(confPath)).toBe(original);
  expect(readdirSync(join(root, 'etc'))).toEqual(['containers']);
  expect(existsSync(join(root, '/var/lib/pullpath'))).toBe(false);
  expect(recorded).toEqual(['reload']);
  await forgetNode(client, name);
  const { metadata } = await client.get(nodes, { name });
  expect(Object.keys(metadata.annotations ?? {})).toEqual([agentAnnotations.desiredConfig]);
});

test('files that came with the boot go with their configuration, and stay when the agent leaves', async () => {
  const client = clientOf(await startServer());
  await writeConfig(client, 'one', [
    file(confPath, mirrorConf('m.example/ns')),
    file('/etc/crio/policies/ns.json', policy),
  ]);
  await writeConfig(client, 'two', [file(confPath, mirrorConf('m.example/ns'))]);
  const node = new TestNode(client);
  for (const path of ['/etc/containers', '/etc/crio/policies']) mkdirSync(join(node.root, path), { recursive: true });
  writeFileSync(join(node.root, confPath), mirrorConf('m.example/ns'));
  writeFileSync(join(node.root, '/etc/crio/policies/ns.json'), policy);
  await node.create({ currentConfig: 'one', desiredConfig: 'one', state: 'Done' });
  const agent = node.run();
  await node.takes('two');
  await agent.stop();
  expect(existsSync(join(node.root, '/etc/crio/policies/ns.json'))).toBe(false);
  expect(await giveBackNode({ root: node.root })).toEqual({ restored: [confPath], left: [] });
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
});

test('a file that someone edited is theirs now', async () => {
  const node = await installed();
  writeFileSync(join(node.root, confPath), 'edited');
  expect(await giveBackNode({ root: node.root })).toMatchObject({ left: [confPath] });
  expect(node.read(confPath)).toBe('edited');
});

test('a node without an agent has nothing to give back', async () => {
  const node = new TestNode(clientOf(await startServer()));
  expect(await giveBackNode({ root: node.root })).toEqual({ restored: [], left: [] });
  await forgetNode(node.client, node.name);
});
