import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, pullpath } from '../run-cli.ts';

test.each(['soon', '0', '-1', ''])('the deadline %j is wrong usage', (timeout) => {
  const cwd = folderWith({ 'etc/hostname': 'node' });
  const { status, stderr } = pullpath(['explain', 'a.corp/b', '--node-root', '.', '--probe', '--timeout', timeout], {
    cwd,
  });
  expect({ status, told: stderr.startsWith("error: option '--timeout <seconds>'") }).toEqual({ status: 2, told: true });
});

test('a mirror that never answers ends with the deadline', async () => {
  // The kernel accepts for it; nobody ever reads.
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const image = `127.0.0.1:${(silent.address() as AddressInfo).port}/app:v1`;
  const cwd = folderWith({ 'etc/hostname': 'node' });
  const args = ['explain', image, '--node-root', '.', '--probe', '--timeout', '0.2', '-o', 'json'];
  const { status, stdout } = pullpath(args, { cwd });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    attempts: [{ probe: { error: { code: 'registry-deadline' } } }],
  });
});
