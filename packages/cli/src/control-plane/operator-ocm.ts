import { loadIdentity } from '@pullpath/apiserver';
import { connect, type KubeConnection } from '@pullpath/kube-client/node';
import type { OperatorFlags } from '../commands/operator.ts';
import { parseAddress } from '../input/address.ts';
import type { Log } from './log.ts';
import { type RunningOcm, startOcm } from './start-ocm.ts';

/**
 * The OCM API of an operator, where it is asked for. Every replica answers, whether it leads or not: what they answer is
 * what the API server has.
 */
export async function operatorOcm(
  { ocmListen, ocmDir, ocmName, enableTagMirrors = false }: OperatorFlags,
  connection: KubeConnection,
  log: Log,
): Promise<RunningOcm | undefined> {
  if (ocmListen === undefined) return undefined;
  const name = ocmName ?? parseAddress(ocmListen, '--ocm-listen').host;
  const identity = await loadIdentity(ocmDir, name, new Date());
  const client = connect(connection, { userAgent: 'pullpath-ocm' });
  const options = { listen: ocmListen, name: ocmName, dataDir: ocmDir, identity, tagMirrors: enableTagMirrors, log };
  const ocm = await startOcm({ ...options, client });
  process.stdout.write(`${ocm.line}\n`);
  return { ...ocm, close: async () => void (await Promise.all([ocm.close(), client.close()])) };
}
