import { Buffer } from 'node:buffer';
import { valueAt } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { isNotFound, type KubeClient, type KubeObject, type Resource } from '@pullpath/kube-client';
import { baseFiles, nodeAnnotations } from '@pullpath/pull-config';
import { type AgentApi, oneTry } from '../agent/agent-api.ts';
import { effectiveFiles, type NodeRuntime } from '../config/effective-files.ts';
import { readIgnition } from '../config/ignition-files.ts';
import { fromText, type NodeFileBytes } from '../config/node-file.ts';
import { replaceFile } from '../root/files.ts';
import type { NodeRoot } from '../root/node-root.ts';
import { fetchIgnition } from './fetch-ignition.ts';
import type { HostedMachine, ManagementMachine } from './machine.ts';
import { readUserData } from './user-data.ts';

/** What a first boot needs. */
export interface BootInput {
  readonly root: NodeRoot;
  readonly runtime: NodeRuntime;
  /** The API where Secrets of user data lie. */
  readonly management: KubeClient;
  /** The API of the cluster that the machine joins. */
  readonly api: AgentApi;
}

/**
 * First boot of a machine of a NodePool: its user data leads to the Ignition endpoint, whose files it writes before anything
 * runs. Gives the name of the configuration that it has now.
 */
export async function bootHosted(machine: HostedMachine, input: BootInput, signal: AbortSignal): Promise<string> {
  const source = readUserData(await userDataOf(machine, input.management));
  const { files, faults } = readIgnition(await fetchIgnition(source, signal));
  const [fault] = faults;
  if (fault !== undefined)
    throw new CodedError('ignition-unusable', `${source.url} gives what cannot be booted: ${fault}`);
  const config = configName(files, source.headers);
  write(input, [...baseFiles().map(fromText), ...files], config);
  return config;
}

/**
 * First boot of a machine of the management cluster: its base files (node-config 1.1), and those of its pool's configuration
 * where there is one yet. Gives the name of that, or nothing.
 */
export async function bootManagement({ pool }: ManagementMachine, input: BootInput): Promise<string> {
  const config = await poolConfig(input.management, pool);
  const files = config === '' ? [] : (await input.api.config(config)).files;
  write(input, [...baseFiles().map(fromText), ...files], config);
  return config;
}

function write({ root, runtime }: BootInput, files: readonly NodeFileBytes[], name: string): void {
  const last = [...new Map(files.map((file) => [file.path, file])).values()];
  for (const file of effectiveFiles({ name, files: last, unapplied: [] }, runtime).files) replaceFile(root, file);
}

const annotationsFile = '/etc/machine-config-daemon/node-annotations.json';

// machine-config-server puts the annotations of the Node among the files; elsewhere the request itself says what was asked.
function configName(files: readonly NodeFileBytes[], headers: Readonly<Record<string, string>>): string {
  const file = files.find(({ path }) => path === annotationsFile);
  const named = file && valueAt(JSON.parse(file.contents.toString()), [nodeAnnotations.currentConfig]);
  if (typeof named === 'string' && named !== '') return named;
  const pool = (headers['NodePool'] ?? '').split('/').at(-1);
  return `rendered-${pool}-${headers['TargetConfigVersionHash'] ?? ''}`;
}

interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

const secrets: Resource<Secret> = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const pools: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigpools',
  kind: 'MachineConfigPool',
  namespaced: false,
};

async function userDataOf({ namespace, userData }: HostedMachine, client: KubeClient): Promise<string> {
  const { data } = await client.get(secrets, { namespace, name: userData }, oneTry);
  return Buffer.from(data?.['value'] ?? '', 'base64').toString();
}

async function poolConfig(client: KubeClient, name: string): Promise<string> {
  try {
    const config = valueAt(await client.get(pools, { name }, oneTry), ['spec', 'configuration', 'name']);
    return typeof config === 'string' ? config : '';
  } catch (error) {
    if (isNotFound(error)) return '';
    throw error;
  }
}
