import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a proxy does to a connection, now or from now on. */
export type ProxyFault =
  /** Both ends are told at once. */
  | 'cut'
  /** Neither end is told, and no byte passes any more: a half-open connection. */
  | 'stall'
  /** The server's bytes come one by one. */
  | 'slow';

/** A TCP proxy that spoils connections. */
export interface FaultyProxy {
  readonly port: number;
  readonly connections: number;
  /** Spoils one of the open connections; `random` in [0, 1) picks it. */
  spoil(fault: ProxyFault, random: number): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Starts a proxy on a free port of the loopback interface before the server at `host`:`port`. */
export async function startFaultyProxy(port: number, host = '127.0.0.1'): Promise<FaultyProxy> {
  const pairs = new Set<Pair>();
  const proxy = createServer((client) => {
    const server = connect(port, host);
    const pair = { client, server };
    pairs.add(pair);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      socket.on('error', () => end(pair));
      socket.once('close', () => end(pair));
    }
  });

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    get connections() {
      return pairs.size;
    },
    spoil(fault, random) {
      const pair = [...pairs][Math.floor(random * pairs.size)];
      if (!pair) return;
      if (fault === 'cut') end(pair);
      else if (fault === 'stall') stall(pair);
      else slowDown(pair);
    },
    async close() {
      for (const pair of pairs) end(pair);
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function stall({ client, server }: Pair): void {
  client.unpipe();
  server.unpipe();
  client.pause();
  server.pause();
}

function slowDown({ client, server }: Pair): void {
  server.unpipe(client);
  server.on('data', (bytes: Buffer) => {
    for (const byte of bytes) client.write(Buffer.of(byte));
  });
}
