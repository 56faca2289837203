import { existsSync } from 'node:fs';
import { CodedError } from '@pullpath/diagnostics';
import type { KubeClient } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import {
  type AgentOptions,
  forgetNode,
  giveBackNode,
  type ReloadBy,
  type RunningAgent,
  runAgent,
} from '@pullpath/node-agent';
import type { AgentFlags } from '../commands/agent.ts';
import { listenForHealth } from '../control-plane/health-listener.ts';
import { createLog, type Log } from '../control-plane/log.ts';
import { type Metric, requestMetrics } from '../control-plane/metrics-text.ts';
import { whenSignalled } from '../control-plane/signalled.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAddress } from '../input/address.ts';
import { makeDirectory } from '../input/make-directory.ts';
import { UsageError } from '../usage-error.ts';

/** `pullpath agent`: works until SIGTERM or Ctrl-C, then ends cleanly with 0; what is half done goes on with the next start. */
export async function agent(flags: AgentFlags): Promise<number> {
  const options = optionsOf(flags);
  const log = createLog({ format: flags.logFormat });
  const connection = await loadConnection({ path: flags.kubeconfig, context: flags.context });
  const client = connect(connection, { userAgent: 'pullpath-agent' });
  try {
    if (flags.uninstall) return await uninstall({ ...options, client }, log);
    log.info(`looking after node ${flags.node} below ${flags.root}, on the word of ${connection.server.origin}`);
    return await work({ ...options, client, report: log.report }, flags);
  } finally {
    await client.close();
  }
}

async function work(options: AgentOptions, { healthListen }: AgentFlags): Promise<number> {
  const signal = whenSignalled();
  let running: RunningAgent | undefined;
  // Before the agent: an address that is taken must end the program, not leave it working unseen.
  const health =
    healthListen &&
    (await listenForHealth(parseAddress(healthListen, '--health-listen'), {
      isReady: () => running?.isReady() ?? false,
      metrics: () => [...(running ? agentMetrics(running) : []), requestMetrics(options.client)],
    }));
  try {
    running = runAgent(options, signal);
    await running.ended;
  } finally {
    if (health) await health.close();
  }
  return exitCodes.done;
}

async function uninstall(options: FromFlags & { readonly client: KubeClient }, log: Log): Promise<number> {
  const { restored, left } = await giveBackNode(options);
  for (const path of restored) log.info(`given back: ${path}`);
  for (const path of left) log.info(`left as someone edited it: ${path}`);
  await forgetNode(options.client, options.node);
  return exitCodes.done;
}

type FromFlags = Pick<AgentOptions, 'node' | 'root' | 'runtime' | 'drift' | 'reloadBy' | 'checkMs'>;

function optionsOf({ node, root, runtime, drift, reload, checkInterval }: AgentFlags): FromFlags {
  if (root === '/host' && !existsSync(root)) {
    throw new CodedError('node-root-missing', '/host is not there', {
      hint: 'in a pod, mount the root of the node there; elsewhere name its directory with --root',
    });
  }
  const reloadBy = parseReload(reload);
  makeDirectory(root, '--root');
  return { node, root, runtime, drift, reloadBy, checkMs: checkInterval * 1000 };
}

const crioPidFile = '/run/crio/crio.pid';

/** Reads `systemctl`, `sighup`, `sighup:/path` or a command line of words. Throws `UsageError`. */
function parseReload(text: string): ReloadBy {
  if (text === 'systemctl') return { by: 'systemctl' };
  if (text === 'sighup') return { by: 'signal', pidFile: crioPidFile };
  if (text.startsWith('sighup:')) return { by: 'signal', pidFile: text.slice('sighup:'.length) };
  const [program, ...args] = text.split(/\s+/).filter(Boolean);
  if (program === undefined) throw new UsageError('--reload takes systemctl, sighup, sighup:FILE or a command');
  return { by: 'command', command: [program, ...args] };
}

function agentMetrics(running: RunningAgent): readonly Metric[] {
  const { applied, failed, repaired, drift, failure } = running.status();
  const metric = (name: string, type: Metric['type'], help: string, value: number): Metric => ({
    name: `pullpath_agent_${name}`,
    type,
    help,
    samples: [{ labels: {}, value }],
  });
  return [
    metric('applied_total', 'counter', 'Configurations that became effective.', applied),
    metric('failed_total', 'counter', 'Changes that did not work and were undone.', failed),
    metric('repaired_files_total', 'counter', 'Files written again after someone else changed them.', repaired),
    metric('drifted_files', 'gauge', 'Files that are not as they should be.', drift.length),
    metric(
      'degraded',
      'gauge',
      'Whether the configuration that the Node names does not work.',
      failure === undefined ? 0 : 1,
    ),
  ];
}
