import type { Socket } from 'node:net';

/** What a proxy does to a connection, now or from now on. */
export type ProxyFault =
  /** Both ends are told at once. */
  | 'cut'
  /** Both ends get a reset instead of an end. */
  | 'reset'
  /** Neither end is told, and no byte passes any more: a half-open connection. */
  | 'stall'
  /** The server hears nothing more of the client; what it says still arrives. */
  | 'deaf'
  /** Half of the next bytes of the server arrive, then both ends are told. */
  | 'truncate'
  /** The server's bytes come late. */
  | 'delay'
  /** The server's bytes come one by one. */
  | 'slow';

export const proxyFaults: readonly ProxyFault[] = ['cut', 'reset', 'stall', 'deaf', 'truncate', 'delay', 'slow'];

/** The two connections that a proxy joins. */
export interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Spoils a connection in one way; it stays spoilt. */
export function spoilPair(pair: Pair, fault: ProxyFault): void {
  ways[fault](pair);
}

const lateMs = 100;

const ways: Readonly<Record<ProxyFault, (pair: Pair) => void>> = {
  cut: ({ client, server }) => {
    client.destroy();
    server.destroy();
  },
  reset: ({ client, server }) => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  },
  stall: ({ client, server }) => {
    silence(client);
    silence(server);
  },
  deaf: ({ client }) => silence(client),
  truncate: (pair) => {
    pair.server.unpipe(pair.client);
    pair.server.once('data', (bytes: Buffer) => {
      pair.client.end(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      pair.server.destroy();
    });
  },
  // Later bytes wait as long as earlier ones: the order stays.
  delay: ({ client, server }) => replacePipe(server, (bytes) => setTimeout(() => write(client, bytes), lateMs).unref()),
  slow: ({ client, server }) =>
    replacePipe(server, (bytes) => {
      for (const byte of bytes) write(client, Buffer.of(byte));
    }),
};

function silence(socket: Socket): void {
  socket.unpipe();
  socket.pause();
}

function replacePipe(server: Socket, pass: (bytes: Buffer) => void): void {
  server.unpipe();
  server.removeAllListeners('data');
  server.on('data', pass);
}

function write(client: Socket, bytes: Buffer): void {
  if (!client.destroyed) client.write(bytes);
}
