import { expect, test } from 'vitest';
import { clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

async function nodeWith(one: string, two: string): Promise<TestNode> {
  const client = clientOf(await startServer());
  await writeConfig(client, 'one', [file(confPath, one)]);
  await writeConfig(client, 'two', [file(confPath, two)]);
  const node = new TestNode(client);
  await node.create();
  return node;
}

test('taking a mirror away waits for an empty node, and writes nothing before', async () => {
  const before = mirrorConf('m.example/ns', 'n.example/ns');
  const node = await nodeWith(before, mirrorConf('m.example/ns'));
  node.run();
  await node.takes('one');
  await node.annotate({ desiredConfig: 'two' });
  await node.says({ state: 'Working', desiredDrain: 'drain-two' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(node.read(confPath)).toBe(before);
  await node.annotate({ lastAppliedDrain: 'drain-two' });
  await node.says({ desiredDrain: 'uncordon-two', state: 'Working' });
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
  await node.annotate({ lastAppliedDrain: 'uncordon-two' });
  await node.says({ currentConfig: 'two', state: 'Done' });
  expect(node.actions()).toEqual(['reload crio.service', 'reload crio.service']);
});

test('a change of mind during the drain ends it without a change', async () => {
  const node = await nodeWith(mirrorConf('m.example/ns', 'n.example/ns'), mirrorConf('m.example/ns'));
  node.run();
  await node.takes('one');
  await node.annotate({ desiredConfig: 'two' });
  await node.says({ desiredDrain: 'drain-two' });
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ desiredDrain: 'uncordon-one' });
  await node.annotate({ lastAppliedDrain: 'uncordon-one' });
  await node.says({ currentConfig: 'one', state: 'Done' });
  expect(node.actions()).toEqual(['reload crio.service']);
});

test('policies of the cluster decide: a reload may be allowed where the default reboots', async () => {
  const client = clientOf(await startServer());
  const actions = [{ type: 'Reload', reload: { serviceName: 'chronyd.service' } }];
  const resource = {
    group: 'operator.openshift.io',
    version: 'v1',
    plural: 'machineconfigurations',
    kind: 'MachineConfiguration',
    namespaced: false,
  };
  const spec = { managementState: 'Managed', nodeDisruptionPolicy: { files: [{ path: '/etc/chrony.conf', actions }] } };
  await client.create(resource, { metadata: { name: 'cluster' }, spec } as never);
  await writeConfig(client, 'one', [file('/etc/chrony.conf', 'server ntp')]);
  const node = new TestNode(client);
  await node.create();
  node.run();
  await node.takes('one');
  expect(node.actions()).toEqual(['reload chronyd.service']);
});
