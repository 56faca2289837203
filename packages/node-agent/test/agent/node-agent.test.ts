import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clientOf, confPath, file, mirrorConf, startServer, TestNode, writeConfig } from '../start.ts';

test('a node takes the configuration that it is told, has CRI-O reload and says that it is done', async () => {
  const client = clientOf(await startServer());
  const node = new TestNode(client);
  await writeConfig(client, 'rendered-worker-1', [file(confPath, mirrorConf('m.example/ns'))]);
  await node.create();
  node.run();
  await node.takes('rendered-worker-1');
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));
  expect(node.actions()).toEqual(['reload crio.service']);
  expect((await node.view()).desiredDrain).toBe('');
  expect(node.reports).toEqual([]);
});

test('files that a configuration no longer names go, and what lay there before comes back', async () => {
  const client = clientOf(await startServer());
  const node = new TestNode(client);
  await writeConfig(client, 'one', [file(confPath, mirrorConf('a.example/ns')), file('/etc/extra/deep/x', 'x')]);
  await writeConfig(client, 'two', [file(confPath, mirrorConf('a.example/ns'))]);
  await node.create();
  node.run();
  await node.annotate({ lastAppliedDrain: 'drain-one' });
  await node.annotate({ desiredConfig: 'one' });
  await node.says({ desiredDrain: 'uncordon-one' });
  await node.annotate({ lastAppliedDrain: 'uncordon-one' });
  await node.says({ state: 'Done', currentConfig: 'one' });
  expect(node.actions()).toEqual(['reboot']);
  expect(node.read('/etc/extra/deep/x')).toBe('x');
  await node.annotate({ lastAppliedDrain: 'drain-two', desiredConfig: 'two' });
  await node.says({ desiredDrain: 'uncordon-two' });
  expect(existsSync(join(node.root, '/etc/extra'))).toBe(false);
});
