import { inProcess, type OpenServer, urlHost } from '@pullpath/apiserver';
import { controllers } from '@pullpath/controllers';
import { KubeClient } from '@pullpath/kube-client';
import { connect, foreignConnection, impersonating } from '@pullpath/kube-client/node';
import { SimulatedMachines } from '@pullpath/node-agent';
import { createDemoObjects } from './demo-objects.ts';
import { createFirstObjects } from './first-objects.ts';
import { hostedApis } from './hosted-apis.ts';
import { type IgnitionListener, listenForMachines } from './ignition-listener.ts';
import { guestPatience, insideGuest } from './inside-guest.ts';
import type { Log } from './log.ts';
import { type ControlPlane, startControlPlane } from './start.ts';

export interface ServeOptions {
  /** Where the API listens, and what nodes boot from beside it. */
  readonly host: string;
  /** Holds the nodes' directories. */
  readonly nodeRoot: string;
  /** Nodes of the management cluster that a first start makes. */
  readonly workers: number;
  /** Whether a first start makes a small fleet too. */
  readonly demo: boolean;
  readonly log: Log;
}

/** Runs every controller, and simulated nodes, beside the server of the same process, until the signal is aborted. */
export async function serveControllers(
  server: OpenServer,
  options: ServeOptions,
  signal: AbortSignal,
): Promise<ControlPlane> {
  const client = inProcessClient(server);
  const machines = simulatedMachines(server, client, options);
  await firstStart(server, client, machines, options);
  const ignition = await listenAgain(server, options.host);
  const plane = startControlPlane(
    {
      client,
      connect: async (kubeconfig) => guestClient(server, kubeconfig),
      definitions: [hostedApis(server), ...controllers],
      settings: {
        machines,
        ignitionUrl: `https://${urlHost(options.host)}:${ignition.port}/ignition`,
        ignitionCa: server.identity.authority.certificate,
      },
      instance: 'serve',
      log: options.log,
    },
    signal,
  );
  ignition.serve({ management: plane.management, report: options.log.report });
  const ended = Promise.all([plane.ended, machines.run(signal)]).then(() => ignition.close());
  return { ...plane, ended };
}

const lastPort = 'ignition-port';

/** On the port of the last time, which machines know, unless it is taken. */
async function listenAgain({ notes, identity }: OpenServer, host: string): Promise<IgnitionListener> {
  const on = (port: number): Promise<IgnitionListener> => listenForMachines({ host, port, ...identity.server });
  const remembered = Number(notes.get(lastPort) ?? 0);
  const listener = await on(remembered).catch((error: unknown) => {
    if (remembered === 0) throw error;
    return on(0);
  });
  notes.set(lastPort, String(listener.port));
  return listener;
}

function simulatedMachines(server: OpenServer, management: KubeClient, { nodeRoot, log }: ServeOptions) {
  const guest = (namespace: string): KubeClient | undefined =>
    server.api.clusterNames().includes(namespace) ? inProcessClient(server, namespace) : undefined;
  return new SimulatedMachines({ directory: nodeRoot, management, guest, report: log.report });
}

/** Makes what a first start makes, each part once: what an administrator removes stays away. */
async function firstStart(
  server: OpenServer,
  client: KubeClient,
  machines: SimulatedMachines,
  { workers, demo }: ServeOptions,
): Promise<void> {
  await once(server, 'first-objects', async () => {
    await createFirstObjects(client);
    for (let index = 0; index < workers; index++)
      await machines.createManagementMachine({ name: `worker-${index}`, pool: 'worker' });
  });
  if (demo) await once(server, 'demo-objects', async () => createDemoObjects(client));
}

async function once({ notes }: OpenServer, what: string, make: () => Promise<void>): Promise<void> {
  if (notes.get(what) !== undefined) return;
  await make();
  notes.set(what, 'made');
}

function inProcessClient(server: OpenServer, cluster?: string): KubeClient {
  const as = { commonName: insideGuest.user, organizations: [insideGuest.group] };
  const transport = inProcess(server.api, cluster === undefined ? {} : { cluster, as });
  return new KubeClient({ transport, userAgent: 'pullpath-serve' });
}

// A kubeconfig that leads back to this server needs no connection; one that an administrator put there may lead elsewhere.
async function guestClient(server: OpenServer, kubeconfig: string): Promise<KubeClient> {
  const connection = await foreignConnection(kubeconfig);
  const { origin, pathname } = connection.server;
  const [, path, cluster] = pathname.split('/');
  if (origin === server.url && path === 'clusters') return inProcessClient(server, cluster);
  return connect(impersonating(connection, insideGuest), { userAgent: 'pullpath-serve', ...guestPatience });
}
