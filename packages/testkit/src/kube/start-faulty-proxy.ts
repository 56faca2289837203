import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Pair, type ProxyFault, spoilPair } from './proxy-faults.ts';

/** A TCP proxy that spoils connections; TLS goes through it like everything else. */
export interface FaultyProxy {
  readonly port: number;
  readonly connections: number;
  /** Spoils one of the open connections; `random` in [0, 1) picks it. */
  spoil(fault: ProxyFault, random: number): void;
  /** For some milliseconds new connections are closed as soon as they are made. */
  refuse(ms: number): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback interface before the server at `host`:`port`. */
export async function startFaultyProxy(port: number, host = '127.0.0.1'): Promise<FaultyProxy> {
  const pairs = new Set<Pair>();
  let refusedUntil = 0;
  const proxy = createServer((client) => {
    if (performance.now() < refusedUntil) client.destroy();
    else join(client);
  });

  function join(client: Socket): void {
    const server = connect(port, host);
    const pair = { client, server };
    pairs.add(pair);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      socket.on('error', () => end(pair));
      socket.once('close', () => end(pair));
    }
  }

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
      if (pair) spoilPair(pair, fault);
    },
    refuse(ms) {
      refusedUntil = performance.now() + ms;
    },
    async close() {
      for (const pair of pairs) end(pair);
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
