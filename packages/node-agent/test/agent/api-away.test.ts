import { connect, loadConnection } from '@pullpath/kube-client/node';
import { expect, onTestFinished, test } from 'vitest';
import {
  clientOf,
  confPath,
  file,
  mirrorConf,
  startServer,
  TestNode,
  temporaryDirectory,
  writeConfig,
} from '../start.ts';

test('an agent keeps its files while the API is away, and goes on when it is back', { timeout: 60_000 }, async () => {
  const dataDir = temporaryDirectory();
  let server = await startServer(dataDir);
  await writeConfig(clientOf(server), 'one', [file(confPath, mirrorConf('m.example/ns'))]);
  await writeConfig(clientOf(server), 'two', [file(confPath, mirrorConf('m.example/ns', 'n.example/ns'))]);
  const remote = connect(await loadConnection({ path: server.kubeconfig }));
  onTestFinished(() => remote.close());
  const node = new TestNode(remote);
  await node.create();
  node.run();
  await node.takes('one');

  await server.close();
  await expect.poll(() => node.reports.join('\n'), { timeout: 10_000 }).toContain('watch nodes');
  expect(node.read(confPath)).toBe(mirrorConf('m.example/ns'));

  server = await startServer(dataDir);
  await new TestNode(clientOf(server)).annotate({ desiredConfig: 'two' });
  await expect.poll(() => node.read(confPath), { timeout: 30_000 }).toBe(mirrorConf('m.example/ns', 'n.example/ns'));
  await node.says({ currentConfig: 'two', state: 'Done' });
});
