import { inProcess, type OpenServer } from '@pullpath/apiserver';
import { KubeClient } from '@pullpath/kube-client';
import type { ServeFlags } from '../commands/serve.ts';
import type { Log } from './log.ts';
import { type OcmOptions, type RunningOcm, startOcm } from './start-ocm.ts';

const lastPort = 'ocm-port';

/** The OCM API beside the server of the same process, where it is asked for. Where it cannot start, the server is closed. */
export async function serveOcm(
  server: OpenServer,
  { ocmListen, dataDir, enableTagMirrors = false }: Pick<ServeFlags, 'ocmListen' | 'dataDir' | 'enableTagMirrors'>,
  log: Log,
): Promise<RunningOcm | undefined> {
  if (ocmListen === undefined) return undefined;
  const options = { listen: ocmListen, dataDir, tagMirrors: enableTagMirrors, log };
  try {
    return await startBeside(server, options);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startBeside(
  server: OpenServer,
  options: Pick<OcmOptions, 'listen' | 'dataDir' | 'tagMirrors' | 'log'>,
): Promise<RunningOcm> {
  const ocm = await startOcm({
    ...options,
    lastPort: Number(server.notes.get(lastPort) ?? 0),
    identity: server.identity,
    client: new KubeClient({ transport: inProcess(server.api), userAgent: 'pullpath-ocm' }),
  });
  server.notes.set(lastPort, String(ocm.port));
  return ocm;
}
