import { connect as connectTls } from 'node:tls';
import { askOverTls, type HttpAnswer, type HttpQuestion, startOcmServer } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { connectOcm, createImageMirror, getCluster, listImageMirrors, OcmError } from '../../src/client/index.ts';

async function started() {
  const server = await startOcmServer();
  onTestFinished(() => server.close());
  await server.createCluster({ id: 'c1', name: 'prod', ready: true, annotations: {}, imageContentSources: [] });
  const ask = (question: HttpQuestion): Promise<HttpAnswer> =>
    askOverTls(server, { authorization: `Bearer ${server.token}`, ...question });
  return { ...server, ask };
}

const mirrors = '/api/clusters_mgmt/v1/clusters/c1/image_mirrors';

test('the client speaks to the server over TLS with its authority, and not without', async () => {
  const { url, authority, token } = await started();
  const client = connectOcm({ url, trustedCas: authority, tokens: [token] });
  const made = await createImageMirror(client, 'c1', { source: 's.io/a', mirrors: ['m.io/a'] });
  expect(await listImageMirrors(client, 'c1')).toEqual([made]);
  client.close();
  const stranger = connectOcm({ url, tokens: [token] });
  const error = await getCluster(stranger, 'c1').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OcmError);
  expect(error).toMatchObject({ code: 'ocm-tls', hint: expect.stringContaining('authority') });
  const careless = connectOcm({ url, tokens: [token], insecure: true });
  expect((await getCluster(careless, 'c1')).id).toBe('c1');
  careless.close();
});

test('every answer is JSON and names no type but that', async () => {
  const { ask } = await started();
  for (const path of [mirrors, '/nope', '/', '/api/clusters_mgmt/v1/clusters/%2e%2e/x'])
    expect((await ask({ method: 'GET', path })).headers['content-type']).toBe('application/json');
  const { id } = (await ask({ method: 'POST', path: mirrors, text: '{"source":"s","mirrors":["m"]}' })).json;
  const deleted = await ask({ method: 'DELETE', path: `${mirrors}/${String(id)}` });
  expect([deleted.status, deleted.text]).toEqual([204, '']);
});

test('a body that is too large is refused, declared or not', async () => {
  const { ask } = await started();
  const text = `{"source":"${'s'.repeat(2 ** 20)}","mirrors":["m"]}`;
  expect(await ask({ method: 'POST', path: mirrors, text })).toMatchObject({
    status: 413,
    json: { kind: 'Error', id: '413' },
  });
  expect((await ask({ method: 'GET', path: mirrors })).status).toBe(200);
});

test('an encoded slash stays within its segment', async () => {
  const { ask } = await started();
  expect((await ask({ method: 'GET', path: '/api/clusters_mgmt/v1/clusters/c1%2Fimage_mirrors' })).json['reason']).toBe(
    "Cluster 'c1/image_mirrors' not found",
  );
});

test('what is no HTTP, or stays open, does not disturb others', async () => {
  const { url, ask } = await started();
  const sockets = Array.from({ length: 20 }, (_, at) => {
    const socket = connectTls({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('error', () => undefined);
    socket.write(at % 2 === 0 ? 'nonsense\r\n\r\n' : 'POST / HTTP/1.1\r\ncontent-length: 10\r\n');
    return socket;
  });
  expect((await ask({ method: 'GET', path: mirrors })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

test('times are of UTC wherever the server runs', async () => {
  const { ask } = await started();
  const before = process.env['TZ'];
  process.env['TZ'] = 'Asia/Kolkata';
  onTestFinished(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
  const { json } = await ask({ method: 'POST', path: mirrors, text: '{"source":"s","mirrors":["m"]}' });
  expect(json['creation_timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Math.abs(Date.parse(String(json['creation_timestamp'])) - Date.now())).toBeLessThan(60_000);
});
