import { join, resolve } from 'node:path';
import { kinds } from '@pullpath/api';
import { openServer } from '@pullpath/apiserver';
import type { ServeFlags } from '../commands/serve.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAddress } from '../input/address.ts';
import { isStored } from '../input/kind-named.ts';
import { reportFailure } from '../output/failure.ts';

/** `pullpath serve`: answers until SIGTERM or Ctrl-C, then ends cleanly with 0. */
export async function serve({ dataDir, listen }: ServeFlags): Promise<number> {
  const server = await openServer({
    ...parseAddress(listen),
    dataDir: resolve(dataDir),
    kinds: kinds.filter(isStored),
    report: reportFailure,
  });
  process.stdout.write(`ready ${server.url} kubeconfig ${join(dataDir, 'kubeconfig')}\n`);
  await signalled();
  process.stderr.write('stopping\n');
  await server.close();
  return exitCodes.done;
}

// The program's own handler would end at once with 130.
function signalled(): Promise<void> {
  process.removeAllListeners('SIGINT');
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
