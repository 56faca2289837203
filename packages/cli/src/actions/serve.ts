import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kinds } from '@pullpath/api';
import {
  createKubernetesServer,
  createServiceAccountKey,
  type KubernetesServer,
  kubeconfig,
  type Listening,
  listen,
  loadIdentity,
  openServerStore,
  readServiceAccountKey,
  type ServiceAccountKey,
  type Store,
  writePrivate,
} from '@pullpath/apiserver';
import { CodedError } from '@pullpath/diagnostics';
import type { ServeFlags } from '../commands/serve.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Address, parseAddress } from '../input/address.ts';
import { isStored } from '../input/kind-named.ts';
import { reportFailure } from '../output/failure.ts';

/** `pullpath serve`: answers until SIGTERM or Ctrl-C, then ends cleanly with 0. */
export async function serve(flags: ServeFlags): Promise<number> {
  const directory = resolve(flags.dataDir);
  const store = openServerStore(directory);
  try {
    const running = await start(store, directory, parseAddress(flags.listen));
    process.stdout.write(
      `ready https://${running.host}:${running.port} kubeconfig ${join(flags.dataDir, 'kubeconfig')}\n`,
    );
    await signalled();
    await stop(running);
  } finally {
    store.close();
  }
  return exitCodes.done;
}

interface Running {
  readonly host: string;
  readonly port: number;
  readonly server: KubernetesServer;
  readonly listening: Listening;
}

async function start(store: Store, directory: string, { host, port }: Address): Promise<Running> {
  const identity = await loadIdentity(directory, host, new Date());
  const key = serviceAccountKey(join(directory, 'pki'));
  const server = await createKubernetesServer({ store, key, kinds: kinds.filter(isStored), report: reportFailure });
  const options = { host, authority: identity.authority, certificate: identity.server, report: reportFailure };
  const listening = await listenAgain(server, options, port, lastPort(store));
  store.setMeta('port', String(listening.port));
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${listening.port}`;
  writePrivate(join(directory, 'kubeconfig'), kubeconfig(url, 'pullpath', identity.authority, identity.admin));
  return { host, port: listening.port, server, listening };
}

function serviceAccountKey(folder: string): ServiceAccountKey {
  const file = join(folder, 'service-accounts.key');
  if (!existsSync(file)) writePrivate(file, createServiceAccountKey());
  return readServiceAccountKey(readFileSync(file, 'utf8'));
}

function lastPort(store: Store): number {
  return Number(store.meta('port') ?? 0);
}

/** On the port of last time unless another is asked for, so that kubeconfigs go on working; on any where that is taken. */
async function listenAgain(
  server: KubernetesServer,
  options: Omit<Parameters<typeof listen>[1], 'port'>,
  port: number,
  last: number,
): Promise<Listening> {
  if (port !== 0 || last === 0) return listen(server, { ...options, port });
  try {
    return await listen(server, { ...options, port: last });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    process.stderr.write(`port ${last} of last time is taken, choosing another\n`);
    return listen(server, { ...options, port: 0 });
  }
}

function signalled(): Promise<void> {
  process.removeAllListeners('SIGINT');
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

const graceMs = 5_000;

async function stop({ server, listening }: Running): Promise<void> {
  process.stderr.write('stopping\n');
  server.drain();
  await listening.close(graceMs);
  server.close();
}
