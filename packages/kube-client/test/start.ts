import {
  type FakeClock,
  fakeClock,
  type KubeServerOptions,
  startKubeServer,
  type TestKubeServer,
} from '@pullpath/testkit';
import { onTestFinished } from 'vitest';
import type { Change, ConfigMap, InformerOptions, KubeClient, KubeClientOptions } from '../src/index.ts';
import { configMaps, Informer } from '../src/index.ts';
import { connect, staticConnection } from '../src/node/index.ts';

/** A server and a client of it with a clock that the test moves. */
export interface Started {
  readonly server: TestKubeServer;
  readonly client: KubeClient;
  readonly clock: FakeClock;
}

export async function start(
  options: KubeServerOptions = {},
  clientOptions: Partial<KubeClientOptions> = {},
): Promise<Started> {
  const server = await startKubeServer(options);
  onTestFinished(async () => server.close());
  const clock = fakeClock();
  return { server, clock, client: clientOf(server.url, { clock, ...clientOptions }) };
}

export function clientOf(server: string, options: Partial<KubeClientOptions> = {}): KubeClient {
  const client = connect(staticConnection({ server }), { random: () => 0, ...options });
  onTestFinished(async () => client.close());
  return client;
}

/** An informer that runs until the test ends, and what it told. */
export interface Followed {
  readonly informer: Informer<ConfigMap>;
  readonly changes: Change<ConfigMap>[];
  readonly reports: string[];
  readonly stop: () => void;
}

export function follow({ client, clock }: Started, options: Partial<InformerOptions<ConfigMap>> = {}): Followed {
  const reports: string[] = [];
  const changes: Change<ConfigMap>[] = [];
  const report = (error: unknown, doing: string): void => void reports.push(`${doing}: ${String(error)}`);
  const base = { client, resource: configMaps, clock, random: () => 0, watchList: false, resyncMs: 0, report };
  const informer = new Informer<ConfigMap>({ ...base, ...options });
  informer.store.onChange((change) => void changes.push(change));
  const controller = new AbortController();
  const ended = informer.run(controller.signal);
  const stop = (): void => controller.abort();
  onTestFinished(async () => {
    stop();
    await ended;
  });
  return { informer, changes, reports, stop };
}

export const configMap = (name: string): string => `/api/v1/namespaces/default/configmaps/${name}`;

/** Changes in short: `added a`, `updated b`. */
export function briefly(changes: readonly Change<ConfigMap>[]): string[] {
  return changes.map(({ type, object }) => `${type} ${object.metadata.name}`);
}
