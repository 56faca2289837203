import { KubeClient, type KubeClientOptions } from '../client/kube-client.ts';
import type { KubeConnection } from './connection.ts';
import { undiciTransport } from './undici-transport.ts';

/** A client with connections of its own. Close it. */
export function connect(connection: KubeConnection, options: Omit<KubeClientOptions, 'transport'> = {}): KubeClient {
  return new KubeClient({ ...options, transport: undiciTransport(connection) });
}
