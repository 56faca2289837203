import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { KubeError } from '../client/kube-error.ts';
import { connectionOf } from './config-connection.ts';
import type { KubeConnection } from './connection.ts';

type KubeConfig = import('@kubernetes/client-node').KubeConfig;

export interface KubeconfigOptions {
  /** A file; unless set those of KUBECONFIG, else `~/.kube/config`, else the ServiceAccount of the pod. */
  readonly path?: string | undefined;
  /** Unless set the current one. */
  readonly context?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The connection that a kubeconfig or the pod describes, with tokens, token files, client certificates, exec plugins, OIDC and
 * basic authentication. Rejects with `kube-config` when there is none, or it cannot be used.
 */
export async function loadConnection(options: KubeconfigOptions = {}): Promise<KubeConnection> {
  const library = await import('@kubernetes/client-node');
  const { env = process.env } = options;
  const files = filesOf(options.path, env);
  const config = new library.KubeConfig();
  if (files.length > 0) for (const file of files) addFile(config, file, () => new library.KubeConfig());
  else if (env['KUBERNETES_SERVICE_HOST'] && env['KUBERNETES_SERVICE_PORT']) config.loadFromCluster();
  else throw new KubeError('kube-config', 'there is no kubeconfig', { hint: 'set KUBECONFIG, or name a file' });
  if (options.context !== undefined) config.setCurrentContext(options.context);
  return connectionOf(config, library.KubeConfig);
}

// As kubectl does, files of KUBECONFIG that do not exist are passed over; one that is named must be there.
function filesOf(path: string | undefined, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (path !== undefined) return [path];
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean);
  return (named.length > 0 ? named : [join(env['HOME'] ?? homedir(), '.kube', 'config')]).filter((file) =>
    existsSync(file),
  );
}

// Of two entries with one name that of the earlier file counts (client-go `clientcmd`).
function addFile(config: KubeConfig, file: string, create: () => KubeConfig): void {
  const next = create();
  try {
    next.loadFromFile(file);
  } catch (cause) {
    // What follows the first line of a parser's message is an excerpt of the file, which holds secrets.
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0];
    throw new KubeError('kube-config', `the kubeconfig ${file} cannot be read: ${reason}`, { cause });
  }
  resolveCommands(next, dirname(file));
  config.loadFromOptions({
    clusters: merge(config.clusters, next.clusters),
    users: merge(config.users, next.users),
    contexts: merge(config.contexts, next.contexts),
    currentContext: config.currentContext || next.currentContext,
  });
}

function merge<T extends { readonly name: string }>(first: readonly T[], second: readonly T[]): T[] {
  const names = new Set(first.map(({ name }) => name));
  return [...first, ...second.filter(({ name }) => !names.has(name))];
}

// A command with a path is relative to its file.
function resolveCommands(config: KubeConfig, directory: string): void {
  for (const { exec } of config.users) {
    if (typeof exec?.command === 'string' && exec.command.includes('/') && !exec.command.startsWith('/'))
      exec.command = join(directory, exec.command);
  }
}
