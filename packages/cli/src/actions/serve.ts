import { join, resolve } from 'node:path';
import { kinds } from '@pullpath/api';
import { openServer } from '@pullpath/apiserver';
import type { ServeFlags } from '../commands/serve.ts';
import { createLog } from '../control-plane/log.ts';
import { serveControllers } from '../control-plane/serve-controllers.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAddress } from '../input/address.ts';
import { isStored } from '../input/kind-named.ts';

/** `pullpath serve`: answers until SIGTERM or Ctrl-C, then ends cleanly with 0. */
export async function serve({ dataDir, listen, logFormat }: ServeFlags): Promise<number> {
  const log = createLog({ format: logFormat });
  const server = await openServer({
    ...parseAddress(listen),
    dataDir: resolve(dataDir),
    kinds: kinds.filter(isStored),
    report: log.report,
  });
  const signal = whenSignalled();
  const { ended } = await serveControllers(server, log, signal);
  process.stdout.write(`ready ${server.url} kubeconfig ${join(dataDir, 'kubeconfig')}\n`);
  await ended;
  log.info('stopping');
  await server.close();
  return exitCodes.done;
}
