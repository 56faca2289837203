import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { events, KubeClient, KubeError, type KubeObject, type Resource } from '@pullpath/kube-client';
import { ignitionConfig, type NodeFile } from '@pullpath/pull-config';
import { expect, onTestFinished } from 'vitest';
import { nodes } from '../src/agent/agent-api.ts';
import { type AgentOptions, type RunningAgent, runAgent } from '../src/index.ts';
import { type AgentView, agentAnnotations, viewOf } from '../src/steps/annotations.ts';

const machineConfigs: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigs',
  kind: 'MachineConfig',
  namespaced: false,
};

/** A directory that goes with the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-agent-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** An embedded API server with the kinds of machine configuration, until the test ends. */
export async function startServer(dataDir: string = temporaryDirectory()): Promise<OpenServer> {
  const failures: unknown[] = [];
  const server = await openServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    kinds: kinds.filter(({ group }) => /^(machineconfiguration|operator)\.openshift\.io$/.test(group)),
    report: (error) => failures.push(error),
  });
  onTestFinished(async () => {
    await server.close();
    expect(failures).toEqual([]);
  });
  return server;
}

export function clientOf(server: OpenServer): KubeClient {
  return new KubeClient({ transport: inProcess(server.api), userAgent: 'test' });
}

/** A client of an API server that is away. */
export function awayClient(): KubeClient {
  const send = (): Promise<never> => Promise.reject(new KubeError('kube-unreachable', 'api cannot be reached'));
  return new KubeClient({ transport: { send, close: () => Promise.resolve() } });
}

/** A cluster with one node, and what a test does to it. */
export class TestNode {
  readonly client: KubeClient;
  readonly name: string;
  readonly root: string;
  readonly reports: string[] = [];

  constructor(client: KubeClient, name = 'node-1', root: string = temporaryDirectory()) {
    this.client = client;
    this.name = name;
    this.root = root;
  }

  async create(annotations: Partial<AgentView> = {}): Promise<void> {
    await this.client.create(nodes, { metadata: { name: this.name, annotations: annotationsOf(annotations) } });
  }

  /** Runs an agent until the test ends, or it is stopped. */
  run(options: Partial<AgentOptions> = {}): RunningAgent & { stop(): Promise<void> } {
    const stopping = new AbortController();
    const report = (error: unknown, doing: string): void => void this.reports.push(`${doing}: ${String(error)}`);
    const { client, name: node, root } = this;
    const agent = runAgent({ client, node, root, report, retryMs: 50, ...options }, stopping.signal);
    const stop = async (): Promise<void> => {
      stopping.abort();
      await agent.ended;
    };
    onTestFinished(stop);
    return { ...agent, stop };
  }

  async annotate(annotations: Partial<AgentView>): Promise<void> {
    const patch = { metadata: { annotations: annotationsOf(annotations) } };
    await this.client.patch(nodes, { name: this.name }, 'merge', patch);
  }

  async view(): Promise<AgentView> {
    return viewOf(await this.client.get(nodes, { name: this.name }));
  }

  /** Waits until the Node says these things. */
  async says(expected: Partial<AgentView>): Promise<void> {
    await expect.poll(() => this.view(), { timeout: 10_000, interval: 20 }).toMatchObject(expected);
  }

  /** Waits until the node has a configuration. */
  async takes(config: string): Promise<void> {
    await this.annotate({ desiredConfig: config });
    await this.says({ currentConfig: config, state: 'Done', reason: '', step: '' });
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Events of the Node, in short. */
  async events(): Promise<string[]> {
    const { items } = await this.client.list(events, { namespace: 'default' });
    return items.map(({ reason, message }) => `${reason} ${message}`);
  }

  /** What was asked of the machine, in short. */
  actions(): string[] {
    const lines = this.read('/var/lib/pullpath/actions.log').trim().split('\n');
    return lines.map((line) => JSON.parse(line)).map(({ action, service = '' }) => `${action} ${service}`.trim());
  }
}

export async function writeConfig(
  client: KubeClient,
  name: string,
  files: readonly NodeFile[],
  more: Record<string, unknown> = {},
): Promise<void> {
  const object = { metadata: { name }, spec: { config: { ...ignitionConfig(files), ...more } } };
  await client.create(machineConfigs, object as KubeObject);
}

export function file(path: string, contents: string, mode = 0o644): NodeFile {
  return { path, mode, contents };
}

/** A registries.conf with digest mirrors, which needs no drain when it is added. */
export function mirrorConf(...mirrors: readonly string[]): string {
  const rows = mirrors.map(
    (location) => `  [[registry.mirror]]\n    location = "${location}"\n    pull-from-mirror = "digest-only"\n`,
  );
  return `unqualified-search-registries = ["registry.access.redhat.com", "docker.io"]\n\n[[registry]]\n  prefix = ""\n  location = "quay.io/ns"\n\n${rows.join('\n')}`;
}

export const confPath = '/etc/containers/registries.conf';

function annotationsOf(view: Partial<AgentView>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => [agentAnnotations[name as keyof AgentView], value ?? '']),
  );
}
