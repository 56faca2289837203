import { inProcess, type OpenServer } from '@pullpath/apiserver';
import { controllers } from '@pullpath/controllers';
import { KubeClient } from '@pullpath/kube-client';
import { connect, foreignConnection, impersonating } from '@pullpath/kube-client/node';
import { createFirstObjects } from './first-objects.ts';
import { hostedApis } from './hosted-apis.ts';
import { insideGuest } from './inside-guest.ts';
import type { Log } from './log.ts';
import { type ControlPlane, startControlPlane } from './start.ts';

const firstStart = 'first-objects';

/** Runs every controller beside the server of the same process, until the signal is aborted. */
export async function serveControllers(server: OpenServer, log: Log, signal: AbortSignal): Promise<ControlPlane> {
  const client = inProcessClient(server);
  if (server.notes.get(firstStart) === undefined) {
    await createFirstObjects(client);
    server.notes.set(firstStart, 'made');
  }
  return startControlPlane(
    {
      client,
      connect: async (kubeconfig) => guestClient(server, kubeconfig),
      definitions: [hostedApis(server), ...controllers],
      settings: {},
      instance: 'serve',
      log,
    },
    signal,
  );
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
  return connect(impersonating(connection, insideGuest), { userAgent: 'pullpath-serve' });
}
