import { expect, onTestFinished, test } from 'vitest';
import { listenForHealth } from '../../src/control-plane/health-listener.ts';

async function start(isReady: () => boolean) {
  const metrics = () => [
    { name: 'depth', type: 'gauge' as const, help: 'How deep.', samples: [{ labels: { b: 'x"y', a: '1' }, value: 2 }] },
  ];
  const listener = await listenForHealth({ host: '127.0.0.1', port: 0 }, { isReady, metrics });
  onTestFinished(() => listener.close());
  return async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${listener.port}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
}

test('readiness follows the program, health does not', async () => {
  let ready = false;
  const get = await start(() => ready);
  expect(await get('/readyz')).toMatchObject({ status: 503 });
  expect(await get('/healthz')).toMatchObject({ status: 200 });
  ready = true;
  expect(await get('/readyz')).toMatchObject({ status: 200 });
});

test('metrics are in the format of Prometheus', async () => {
  const get = await start(() => true);
  const text = '# HELP depth How deep.\n# TYPE depth gauge\ndepth{a="1",b="x\\"y"} 2\n';
  expect(await get('/metrics')).toEqual({ status: 200, text });
});

test('another path names those there are', async () => {
  const get = await start(() => true);
  expect(await get('/')).toMatchObject({ status: 404, text: 'there are /healthz, /readyz and /metrics\n' });
});

test('a busy port is told with what to do', async () => {
  const health = { isReady: () => true, metrics: () => [] };
  const { port, close } = await listenForHealth({ host: '127.0.0.1', port: 0 }, health);
  onTestFinished(close);
  await expect(listenForHealth({ host: '127.0.0.1', port }, health)).rejects.toMatchObject({
    code: 'listen-failed',
    hint: expect.stringContaining('another port'),
  });
});
