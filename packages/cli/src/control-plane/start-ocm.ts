import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, urlHost } from '@pullpath/apiserver';
import { type KubeClient, systemClock } from '@pullpath/kube-client';
import {
  createOcmService,
  kubeClusterStore,
  listenForOcm,
  type MirrorTrail,
  type OcmListening,
  type OcmService,
  openAuthDirectory,
  resumePauses,
  tokenPath,
} from '@pullpath/ocm-api';
import { controlPlaneNamespace, hashSimple, marks, mirrorConfigName } from '@pullpath/pull-config';
import { parseAddress } from '../input/address.ts';
import type { Log } from './log.ts';

export interface OcmOptions {
  /** As given: host:port or a port; port 0 takes `lastPort`, or any. */
  readonly listen: string;
  readonly lastPort?: number | undefined;
  /** The name under which clients reach it, where that is not the address. */
  readonly name?: string | undefined;
  /** Where accounts, the signing key and the authority's certificate lie. */
  readonly dataDir: string;
  readonly identity: Identity;
  readonly client: KubeClient;
  readonly tagMirrors: boolean;
  readonly log: Log;
}

export interface RunningOcm {
  readonly url: string;
  readonly port: number;
  /** `ocm https://HOST:PORT ca FILE`: what a client needs. */
  readonly line: string;
  close(): Promise<void>;
}

const closingMs = 5_000;

/** What our controllers note of mirrors on their way. */
const trail: MirrorTrail = {
  configMap: ({ metadata }) => ({
    namespace: controlPlaneNamespace({ namespace: metadata.namespace ?? '', name: metadata.name ?? '' }),
    name: mirrorConfigName,
  }),
  hashAnnotation: marks.mirrorHash,
  poolAnnotation: marks.nodePoolCurrentMirrors,
  hashOfNone: hashSimple(''),
};

/** Serves the OCM API over a management cluster. Rejects with `CodedError` `listen-failed`, `ocm-files`. */
export async function startOcm(options: OcmOptions): Promise<RunningOcm> {
  const { listen, dataDir, identity, client, tagMirrors, log } = options;
  const directory = openAuthDirectory(authDirectory(dataDir));
  const service = createOcmService({
    store: kubeClusterStore(client, trail),
    accounts: directory,
    key: directory.key,
    clock: systemClock,
    newId: randomUUID,
    tagMirrors,
    report: (error) => log.report(error, 'OCM API'),
  });
  const address = parseAddress(listen, '--ocm-listen');
  const on = (port: number): Promise<OcmListening> => listenForOcm(service, { ...address, port, ...identity.server });
  const listening = await listenAgain(on, address.port, options.lastPort ?? 0);
  resumePauses(service).catch((error: unknown) => log.report(error, 'OCM API'));
  const ca = join(dataDir, 'ca.crt');
  const url = `https://${options.name ?? urlHost(address.host)}:${listening.port}`;
  writeFileSync(ca, identity.authority.certificate);
  directory.publish(`${url}${tokenPath}`);
  return { url, port: listening.port, line: `ocm ${url} ca ${ca}`, close: () => closed(service, listening) };
}

async function closed(service: OcmService, listening: OcmListening): Promise<void> {
  await listening.close(closingMs);
  service.pauses.stop();
}

/** Where accounts and the signing key of a data directory lie. */
export function authDirectory(dataDir: string): string {
  return join(dataDir, 'ocm');
}

// On the port of the last time where none is asked for, so that configurations go on working.
async function listenAgain(
  on: (port: number) => Promise<OcmListening>,
  port: number,
  lastPort: number,
): Promise<OcmListening> {
  if (port !== 0 || lastPort === 0) return on(port);
  return on(lastPort).catch(() => on(0));
}
