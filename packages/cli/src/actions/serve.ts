import { join, resolve } from 'node:path';
import { kinds } from '@pullpath/api';
import { openServer } from '@pullpath/apiserver';
import type { ServeFlags } from '../commands/serve.ts';
import { type Health, listenForHealth } from '../control-plane/health-listener.ts';
import { createLog, type Log } from '../control-plane/log.ts';
import { nextSteps } from '../control-plane/next-steps.ts';
import { serveControllers } from '../control-plane/serve-controllers.ts';
import { serveOcm } from '../control-plane/serve-ocm.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import type { ControlPlane } from '../control-plane/start.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAddress } from '../input/address.ts';
import { isStored } from '../input/kind-named.ts';
import { makeDirectory } from '../input/make-directory.ts';

/** `pullpath serve`: answers until SIGTERM or Ctrl-C, then ends cleanly with 0. */
export async function serve(flags: ServeFlags): Promise<number> {
  const serving: Serving = { flags, log: createLog({ format: flags.logFormat }), plane: undefined };
  // Before anything works: an address that is taken must end the program.
  const health =
    flags.healthListen &&
    (await listenForHealth(parseAddress(flags.healthListen, '--health-listen'), healthOf(serving)));
  try {
    return await work(serving);
  } finally {
    if (health) await health.close();
  }
}

/** One run of the server; `plane` is set once its controllers work. */
interface Serving {
  readonly flags: ServeFlags;
  readonly log: Log;
  plane: ControlPlane | undefined;
}

async function work(serving: Serving): Promise<number> {
  const { flags, log } = serving;
  const { dataDir, listen, workers, demo = false } = flags;
  const address = parseAddress(listen);
  if (flags.nodeRoot !== undefined) makeDirectory(flags.nodeRoot, '--node-root');
  if (flags.ocmListen !== undefined) parseAddress(flags.ocmListen, '--ocm-listen');
  const server = await openServer({
    ...address,
    dataDir: resolve(dataDir),
    kinds: kinds.filter(isStored),
    report: log.report,
  });
  const ocm = await serveOcm(server, flags, log);
  const signal = whenSignalled();
  const nodeRoot = resolve(flags.nodeRoot ?? join(dataDir, 'nodes'));
  const plane = await serveControllers(server, { host: address.host, nodeRoot, workers, demo, log }, signal);
  serving.plane = plane;
  process.stdout.write(`ready ${server.url} kubeconfig ${join(dataDir, 'kubeconfig')}\n`);
  if (ocm) process.stdout.write(`${ocm.line}\n`);
  if (demo) process.stderr.write(nextSteps({ dataDir, nodeRoot, ocmUrl: ocm?.url }));
  await plane.ended;
  log.info('stopping');
  await ocm?.close();
  await server.close();
  return exitCodes.done;
}

function healthOf(serving: Serving): Health {
  return {
    isReady: () => serving.plane?.management.isSynced ?? false,
    metrics: () => serving.plane?.metrics() ?? [],
  };
}
