import { existsSync, mkdirSync, rmdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import { recorderEffects } from '../../src/effects/recorder.ts';
import { openRoot } from '../../src/root/node-root.ts';
import { clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

const policyPath = '/etc/containers/policy.json';
const anything = '{"default":[{"type":"insecureAcceptAnything"}]}';

async function nodeAt(first: readonly ReturnType<typeof file>[]): Promise<TestNode> {
  const client = clientOf(await startServer());
  await writeConfig(client, 'one', first);
  const node = new TestNode(client);
  await node.create();
  return node;
}

test('when CRI-O does not take the files up those of before come back, and it is tried again', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  const root = openRoot(node.root);
  const works = { reload: true };
  const recorder = recorderEffects(root);
  const reload = async (service: string): Promise<void> => {
    if (!works.reload) throw new CodedError('node-action-failed', 'systemctl reload crio.service failed: inactive');
    await recorder.reload(service);
  };
  node.run({ effects: { ...recorder, reload } });
  await node.takes('one');
  works.reload = false;
  await writeConfig(node.client, 'two', [
    file(confPath, mirrorConf('m.example/ns', 'n.example/ns')),
    file(policyPath, anything),
  ]);
  await node.annotate({ desiredConfig: 'two' });
  await node.says({
    state: 'Degraded',
    reason: 'systemctl reload crio.service failed: inactive',
    currentConfig: 'one',
  });
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
  expect(existsSync(join(node.root, policyPath))).toBe(false);
  works.reload = true;
  await node.says({ state: 'Done', currentConfig: 'two', reason: '' });
  expect(node.read(policyPath)).toBe(anything);
});

test('a configuration that leaves no pull working is refused before anything is written', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  node.run();
  await node.takes('one');
  await writeConfig(node.client, 'two', [
    file(confPath, '[[registry]]\nlocation = "a"\n[[registry.mirror]]\nlocation = ""\n'),
  ]);
  await node.annotate({ desiredConfig: 'two' });
  await node.says({ state: 'Degraded', reason: expect.stringContaining('two would leave no pull working') as never });
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ state: 'Done', currentConfig: 'one', reason: '' });
  expect(node.actions()).toEqual(['reload crio.service']);
});

test('a broken drop-in of someone else on the node counts', async () => {
  const node = await nodeAt([
    file(confPath, mirrorConf('m.example/ns')),
    file('/etc/containers/registries.conf.d/50-ours.conf', 'a = '),
  ]);
  node.run();
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ state: 'Degraded' });
  expect(existsSync(join(node.root, confPath))).toBe(false);
});

test('a configuration that is not there is waited for', async () => {
  const node = await nodeAt([]);
  node.run();
  await node.annotate({ desiredConfig: 'later' });
  await node.says({ state: 'Degraded', reason: 'there is no MachineConfig later' });
  await writeConfig(node.client, 'later', [file(confPath, mirrorConf('m.example/ns'))]);
  await node.says({ state: 'Done', currentConfig: 'later', reason: '' });
});

test('a path that leads through a link is refused, and taken once the link is gone', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  const elsewhere = join(node.root, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync('elsewhere', join(node.root, 'etc'));
  node.run();
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ state: 'Degraded', reason: expect.stringContaining('/etc is a symbolic link') as never });
  expect(existsSync(join(elsewhere, 'containers'))).toBe(false);
  unlinkSync(join(node.root, 'etc'));
  await node.says({ state: 'Done', currentConfig: 'one' });
  rmdirSync(elsewhere);
});

test('units and users of a configuration are named on the Node, its files are written', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  const systemd = { units: [{ name: 'a.service', enabled: true }] };
  await writeConfig(node.client, 'with-unit', [file(confPath, mirrorConf('m.example/ns'))], { systemd });
  node.run();
  await node.takes('with-unit');
  expect((await node.view()).unapplied).toBe('unit a.service');
  await node.takes('one');
  expect((await node.view()).unapplied).toBe('');
});

test('the way back to the configuration of before works when the API has it no more', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  await writeConfig(node.client, 'two', [file(confPath, mirrorConf('m.example/ns', 'n.example/ns'))]);
  const first = node.run();
  await node.takes('one');
  await node.takes('two');
  await first.stop();
  const resource = {
    group: 'machineconfiguration.openshift.io',
    version: 'v1',
    plural: 'machineconfigs',
    kind: 'MachineConfig',
    namespaced: false,
  };
  await node.client.delete(resource, { name: 'one' });
  node.run();
  await node.annotate({ lastAppliedDrain: 'drain-one', desiredConfig: 'one' });
  await node.says({ desiredDrain: 'uncordon-one' });
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
});

test('records that are damaged make the node Degraded, and nothing is written by guess', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  const state = join(node.root, 'var/lib/pullpath/state.json');
  mkdirSync(join(node.root, 'var/lib/pullpath'), { recursive: true });
  writeFileSync(state, '{');
  node.run();
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ state: 'Degraded', reason: `${state} cannot be read` });
  expect(existsSync(join(node.root, confPath))).toBe(false);
  unlinkSync(state);
  await node.says({ state: 'Done', currentConfig: 'one' });
});

test('contents that someone removed from our records do not stop a change', async () => {
  const node = await nodeAt([file(confPath, mirrorConf('m.example/ns'))]);
  await writeConfig(node.client, 'two', [file(confPath, mirrorConf('m.example/ns', 'n.example/ns'))]);
  node.run();
  await node.takes('one');
  rmSync(join(node.root, 'var/lib/pullpath/contents'), { recursive: true });
  await node.takes('two');
  expect(node.actions()).toEqual(['reload crio.service', 'reload crio.service']);
});
