import { KubeError } from '../client/kube-error.ts';
import { isRecord } from '../client/status.ts';
import { connectionOf } from './config-connection.ts';
import type { KubeConnection } from './connection.ts';

/** Keys of a kubeconfig's users and clusters that make its reader run a command or read a file. */
const localKeys = [
  'exec',
  'auth-provider',
  'client-certificate',
  'client-key',
  'token-file',
  'tokenFile',
  'certificate-authority',
];

/**
 * The connection that the text of a kubeconfig describes whose author must not act on this machine, such as one from a
 * Secret. What would run a command or read a file here is refused before anything is looked at: a file's content could end
 * as a token at the author's server. Rejects with `kube-config`.
 */
export async function foreignConnection(text: string): Promise<KubeConnection> {
  const { KubeConfig, loadYaml } = await import('@kubernetes/client-node');
  const local = localParts(parsed(text, loadYaml));
  if (local.length > 0)
    throw new KubeError('kube-config', `the kubeconfig uses ${local.join(', ')} of the machine that reads it`, {
      hint: 'put certificates, keys and tokens into it as data',
    });
  const config = new KubeConfig();
  // The cause may quote the text, which is a secret.
  try {
    config.loadFromString(text);
  } catch {
    throw new KubeError('kube-config', 'the kubeconfig has no valid clusters, users and contexts');
  }
  return connectionOf(config, KubeConfig);
}

function parsed(text: string, loadYaml: (text: string) => unknown): unknown {
  try {
    return loadYaml(text);
  } catch {
    throw new KubeError('kube-config', 'the kubeconfig is no YAML');
  }
}

function localParts(config: unknown): string[] {
  const parts = [...entries(config, 'users', 'user'), ...entries(config, 'clusters', 'cluster')];
  return localKeys.filter((key) => parts.some((part) => Object.hasOwn(part, key)));
}

function entries(config: unknown, list: string, key: string): Readonly<Record<string, unknown>>[] {
  const items = isRecord(config) ? config[list] : undefined;
  const parts = (Array.isArray(items) ? items : []).map((item: unknown) => (isRecord(item) ? item[key] : undefined));
  return parts.filter(isRecord);
}
