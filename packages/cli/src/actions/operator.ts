import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type ControllerDefinition, controllers, selectControllers } from '@pullpath/controllers';
import { CodedError } from '@pullpath/diagnostics';
import { type KubeClient, runForLeader } from '@pullpath/kube-client';
import {
  connect,
  foreignConnection,
  impersonating,
  type KubeConnection,
  loadConnection,
} from '@pullpath/kube-client/node';
import { SimulatedMachines } from '@pullpath/node-agent';
import { parseReleaseVersion } from '@pullpath/pull-config';
import type { OperatorFlags } from '../commands/operator.ts';
import { listenForHealth } from '../control-plane/health-listener.ts';
import { type IgnitionListener, listenForMachines } from '../control-plane/ignition-listener.ts';
import { guestPatience, insideGuest } from '../control-plane/inside-guest.ts';
import { createLog, type Log } from '../control-plane/log.ts';
import type { Metric } from '../control-plane/metrics-text.ts';
import { operatorOcm } from '../control-plane/operator-ocm.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/start.ts';
import type { RunningOcm } from '../control-plane/start-ocm.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAddress } from '../input/address.ts';
import { makeDirectory } from '../input/make-directory.ts';
import { readText } from '../input/read-files.ts';
import { UsageError } from '../usage-error.ts';

const lease = 'pullpath-operator';

/** `pullpath operator`: works until SIGTERM or Ctrl-C, then 0; 3 when the lead was lost, so that it is started anew. */
export async function operator(flags: OperatorFlags): Promise<number> {
  const definitions = selectedBy(flags);
  checkMinimum(flags);
  if (flags.nodeRoot !== undefined) makeDirectory(flags.nodeRoot, '--node-root');
  const log = createLog({ format: flags.logFormat });
  const connection = await loadConnection({ path: flags.kubeconfig, context: flags.context });
  const run: Run = {
    flags,
    definitions,
    log,
    connection,
    instance: `${hostname()}_${randomUUID()}`,
    working: undefined,
  };
  const health =
    flags.healthListen && (await listenForHealth(parseAddress(flags.healthListen, '--health-listen'), healthOf(run)));
  const signal = whenSignalled();
  let ocm: RunningOcm | undefined;
  try {
    ocm = await operatorOcm(flags, connection, log);
    return flags.leaderElect ? await asLeader(run, signal) : await work(run, signal);
  } finally {
    if (health) await health.close();
    await ocm?.close();
  }
}

function selectedBy(flags: OperatorFlags): readonly ControllerDefinition[] {
  try {
    return selectControllers(controllers, flags.controllers);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new UsageError(`--controllers: ${error.message}; ${error.hint}`);
  }
}

function checkMinimum({ tagMirrorMinVersion }: OperatorFlags): void {
  if (tagMirrorMinVersion === undefined || parseReleaseVersion(tagMirrorMinVersion)) return;
  throw new UsageError(
    `--tag-mirror-min-version takes a release such as 4.21.0, not ${JSON.stringify(tagMirrorMinVersion)}`,
  );
}

/** One run of the operator; `working` is set while it leads. */
interface Run {
  readonly flags: OperatorFlags;
  readonly definitions: readonly ControllerDefinition[];
  readonly log: Log;
  readonly connection: KubeConnection;
  readonly instance: string;
  working: { readonly plane: ControlPlane; readonly client: KubeClient } | undefined;
}

// The lease has a connection of its own: no other traffic delays a renewal.
async function asLeader(run: Run, signal: AbortSignal): Promise<number> {
  const { flags, log, connection, instance } = run;
  const client = connect(connection, { userAgent: 'pullpath-operator' });
  log.info(`waiting for the lease ${flags.leaderElectNamespace}/${lease}`);
  const outcome = await runForLeader(
    {
      client,
      namespace: flags.leaderElectNamespace,
      name: lease,
      identity: instance,
      report: log.report,
      lead: async (leading) => void (await work(run, leading)),
    },
    signal,
  );
  if (outcome === 'lost') log.info('the lease was lost; another operator may lead now');
  else await client.close();
  return outcome === 'lost' ? exitCodes.failed : exitCodes.done;
}

async function work(run: Run, signal: AbortSignal): Promise<number> {
  const { flags, definitions, log, connection, instance } = run;
  const client = connect(connection, { userAgent: 'pullpath-operator' });
  const machines = flags.nodeRoot === undefined ? undefined : simulatedMachines(run, client, flags.nodeRoot);
  const ignition = await ignitionListener(flags);
  const settings = {
    ignitionUrl: flags.ignitionUrl,
    ignitionCa: flags.ignitionCa === undefined ? undefined : readText(flags.ignitionCa),
    tagMirrorMinVersion: flags.tagMirrorMinVersion,
    managementTagMirrorObjects: flags.managementTagMirrorObjects,
    machines,
  };
  const guest = async (kubeconfig: string): Promise<KubeClient> =>
    connect(impersonating(await foreignConnection(kubeconfig), insideGuest), {
      userAgent: 'pullpath-operator',
      ...guestPatience,
    });
  const plane = startControlPlane({ client, connect: guest, definitions, settings, instance, log }, signal);
  run.working = { plane, client };
  // A changed Secret is another client of the hosted cluster.
  plane.guests.onChange((namespace) => void machines?.renew(namespace));
  ignition?.serve({ management: plane.management, report: log.report });
  log.info(`working on ${connection.server.origin}: ${definitions.map(({ name }) => name).join(', ')}`);
  await Promise.all([plane.ended, machines?.run(signal)]);
  run.working = undefined;
  await ignition?.close();
  await client.close();
  return exitCodes.done;
}

async function ignitionListener(flags: OperatorFlags): Promise<IgnitionListener | undefined> {
  const { ignitionListen, ignitionUrl, ignitionCert, ignitionKey } = flags;
  if (ignitionListen === undefined) return undefined;
  if (ignitionUrl === undefined || ignitionCert === undefined || ignitionKey === undefined)
    throw new UsageError('--ignition-listen needs --ignition-url, --ignition-cert and --ignition-key');
  const pair = { certificate: readText(ignitionCert), key: readText(ignitionKey) };
  return listenForMachines({ ...parseAddress(ignitionListen, '--ignition-listen'), ...pair });
}

function simulatedMachines(run: Run, management: KubeClient, directory: string): SimulatedMachines {
  const guest = (namespace: string): KubeClient | undefined => run.working?.plane.guests.get(namespace)?.client;
  return new SimulatedMachines({ directory: resolve(directory), management, guest, report: run.log.report });
}

// Who waits for the lead is ready: it can take over.
function healthOf(run: Run): { isReady: () => boolean; metrics: () => readonly Metric[] } {
  return {
    isReady: () => run.working?.plane.management.isSynced ?? run.flags.leaderElect === true,
    metrics: () => [leading(run), ...(run.working?.plane.metrics() ?? [])],
  };
}

function leading({ working }: Run): Metric {
  const samples = [{ labels: { name: lease }, value: working ? 1 : 0 }];
  return { name: 'leader_election_master_status', type: 'gauge', help: 'Whether this process leads.', samples };
}
