import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { type OpenServer, openServer } from '../../src/index.ts';
import { type Client, clientOf } from '../crash/client.ts';
import { adminOf } from '../crash/server-process.ts';

/** A server over TLS in this process, for what nobody well-meaning sends. */
export interface Target {
  readonly server: OpenServer;
  readonly directory: string;
  readonly client: Client;
  /** Failures that the server found no client to blame for. */
  readonly reports: unknown[];
  /** Sends bytes as they are, as the administrator, and gives all that comes back until the server closes. */
  raw(bytes: string | Uint8Array): Promise<string>;
  /** A connection of the administrator, for more than one piece of bytes. */
  socket(): Promise<TLSSocket>;
  close(): Promise<void>;
}

export async function startTarget(): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-hostile-'));
  const reports: unknown[] = [];
  const report = (error: unknown): void => void reports.push(error);
  const server = await openServer({ dataDir: directory, host: '127.0.0.1', port: 0, kinds: [], report });
  const client = clientOf(server.url, directory);
  const socket = async (): Promise<TLSSocket> => {
    const connection = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', ...adminOf(directory) });
    connection.on('error', () => undefined);
    await once(connection, 'secureConnect');
    return connection;
  };
  return {
    server,
    directory,
    client,
    reports,
    socket,
    async raw(bytes) {
      const connection = await socket();
      const all = textOf(connection);
      connection.write(bytes);
      return all;
    },
    async close() {
      client.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function textOf(connection: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    connection.on('data', (chunk: Buffer) => void chunks.push(chunk));
    connection.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}
