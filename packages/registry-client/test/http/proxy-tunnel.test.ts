import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAuthority, startRegistry } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { RegistryClient } from '../../src/index.ts';

interface Tunnels {
  readonly url: string;
  /** Target and proxy authorization of each CONNECT. */
  readonly opened: readonly (readonly [string | undefined, string | undefined])[];
}

/** A proxy that takes every tunnel to a port of the loopback interface, whatever host was asked for. */
async function startProxy(): Promise<Tunnels> {
  const opened: [string | undefined, string | undefined][] = [];
  const server = createServer();
  server.on('connect', ({ url, headers }: IncomingMessage, socket: Duplex) => {
    opened.push([url, headers['proxy-authorization']]);
    const upstream = connect(Number(url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => end.destroy());
    onTestFinished(() => void upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `127.0.0.1:${(server.address() as AddressInfo).port}`, opened };
}

test('a registry behind a proxy is reached through a tunnel, with its own TLS and credentials inside', async () => {
  const authority = createAuthority();
  const secrets = { username: 'robot', password: 'hunter2' };
  const registry = await startRegistry({
    tls: authority.issue(['registry.test']),
    auth: { scheme: 'basic', ...secrets },
  });
  onTestFinished(() => registry.close());
  const digest = registry.addImage('app', 'v1');
  const proxy = await startProxy();
  const host = registry.host.replace('127.0.0.1', 'registry.test');
  const client = new RegistryClient(host, {
    authorities: [authority.certificate],
    credentials: () => secrets,
    proxy: { https: `http://me:word@${proxy.url}`, except: [] },
  });
  onTestFinished(() => client.close());
  expect(await client.headManifest('app', 'v1')).toMatchObject({ digest });
  expect(proxy.opened.map(([target]) => target)).toEqual(expect.arrayContaining([host]));
  expect(proxy.opened[0]?.[1]).toBe(`Basic ${Buffer.from('me:word').toString('base64')}`);
});
