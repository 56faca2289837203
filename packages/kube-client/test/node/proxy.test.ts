import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAuthority, startKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { configMaps } from '../../src/index.ts';
import { connect, staticConnection } from '../../src/node/index.ts';

const authority = createAuthority();

/** A proxy that takes every tunnel to a port of the loopback interface, whatever host was asked for. */
async function startProxy(): Promise<{ readonly url: string; readonly opened: readonly (string | undefined)[] }> {
  const opened: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url }: IncomingMessage, socket: Duplex) => {
    opened.push(url);
    const upstream = connectSocket(Number(url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => end.destroy());
    onTestFinished(() => void upstream.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, opened };
}

async function startTls(): Promise<string> {
  const server = await startKubeServer({ tls: authority.issue(['kube.test']) });
  onTestFinished(async () => server.close());
  return new URL(server.url).port;
}

async function list(server: string, proxyUrl?: string): Promise<unknown> {
  const client = connect(staticConnection({ server, proxyUrl, tls: { ca: authority.certificate } }), {
    deadlineMs: 3_000,
  });
  onTestFinished(async () => client.close());
  return (await client.list(configMaps)).items;
}

test('a server behind the proxy of the connection is reached through a tunnel, with its own TLS inside', async () => {
  const port = await startTls();
  const proxy = await startProxy();
  expect(await list(`https://kube.test:${port}`, proxy.url)).toEqual([]);
  expect(proxy.opened).toEqual([`kube.test:${port}`]);
});

test('the proxy of the environment is used, except for hosts that it excepts', async () => {
  const port = await startTls();
  const proxy = await startProxy();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  vi.stubEnv('NO_PROXY', 'excepted.test');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await list(`https://kube.test:${port}`)).toEqual([]);
  expect(proxy.opened).toEqual([`kube.test:${port}`]);
  await expect(list(`https://excepted.test:${port}`)).rejects.toMatchObject({ code: 'kube-unreachable' });
  expect(proxy.opened).toHaveLength(1);
});
