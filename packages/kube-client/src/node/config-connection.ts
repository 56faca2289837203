import type { RequestOptions } from 'node:https';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { KubeError } from '../client/kube-error.ts';
import type { Credentials, KubeConnection } from './connection.ts';

/** Files and plugins are asked again after this; tokens that they name an end for end sooner. */
const keptMs = 10_000;

/** The connection of the current context. Throws `kube-config` when the context leads to no server. */
export function connectionOf(config: KubeConfig, Config: new () => KubeConfig): KubeConnection {
  const cluster = usableCluster(config);
  const user = config.getCurrentUser();
  const build = (): KubeConfig => buildConfig(Config, cluster, user);
  let current = build();
  let kept: { readonly until: number; readonly credentials: Promise<Credentials> } | undefined;
  return {
    server: serverOf(cluster),
    namespace: config.getContextObject(config.currentContext)?.namespace?.trim() || undefined,
    proxyUrl: cluster.proxyUrl,
    credentials() {
      if (kept && kept.until > performance.now()) return kept.credentials;
      const credentials = readCredentials(current, cluster, user);
      kept = { until: performance.now() + keptMs, credentials };
      // A failure is not kept: the next request tries again.
      credentials.catch(() => {
        kept = undefined;
      });
      return credentials;
    },
    renew() {
      kept = undefined;
      current = build();
    },
  };
}

function usableCluster(config: KubeConfig): Cluster {
  const hint = 'kubectl config get-contexts lists the contexts';
  if (!config.currentContext) throw new KubeError('kube-config', 'the kubeconfig has no current context', { hint });
  const name = JSON.stringify(config.currentContext);
  if (!config.contexts.some((context) => context.name === config.currentContext))
    throw new KubeError('kube-config', `the kubeconfig has no context ${name}`, { hint });
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new KubeError('kube-config', `the context ${name} names a cluster that the kubeconfig has not`);
  return cluster;
}

function serverOf({ name, server }: Cluster): URL {
  try {
    const url = new URL(server);
    if (url.protocol === 'https:' || url.protocol === 'http:') return url;
  } catch {
    // One message for everything that is no address.
  }
  throw new KubeError('kube-config', `the server of cluster ${JSON.stringify(name)} is no http or https URL`);
}

// The library refuses http unless certificates are not verified, of which http has none.
function buildConfig(Config: new () => KubeConfig, cluster: Cluster, user: User | null): KubeConfig {
  const config = new Config();
  const skipTLSVerify = cluster.skipTLSVerify || cluster.server.startsWith('http:');
  config.loadFromClusterAndUser({ ...cluster, skipTLSVerify }, withExecInfo(user ?? { name: 'anonymous' }, cluster));
  return config;
}

// Plugins read what they are asked for from this variable (client-go `exec`), which the library does not set.
function withExecInfo(user: User, cluster: Cluster): User {
  if (!user.exec) return user;
  const { apiVersion, env, provideClusterInfo } = user.exec;
  const spec = { interactive: false, ...(provideClusterInfo ? { cluster: clusterInfo(cluster) } : {}) };
  const value = JSON.stringify({ kind: 'ExecCredential', apiVersion, spec });
  return { ...user, exec: { ...user.exec, env: [...(env ?? []), { name: 'KUBERNETES_EXEC_INFO', value }] } };
}

function clusterInfo({ server, caData, skipTLSVerify, tlsServerName, proxyUrl }: Cluster): object {
  return {
    server,
    'certificate-authority-data': caData,
    'insecure-skip-tls-verify': skipTLSVerify,
    'tls-server-name': tlsServerName,
    'proxy-url': proxyUrl,
  };
}

async function readCredentials(config: KubeConfig, cluster: Cluster, user: User | null): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (cause) {
    const hint = user?.exec ? `check that ${user.exec.command} works in a shell` : undefined;
    const message = `the credentials of user ${JSON.stringify(user?.name ?? '')} cannot be obtained`;
    throw new KubeError('kube-credentials', message, { hint, cause });
  }
  return {
    headers: headersOf(options),
    tls: {
      ca: pem(options.ca),
      certificate: pem(options.cert),
      key: pem(options.key),
      serverName: cluster.tlsServerName,
      insecure: cluster.skipTLSVerify,
    },
  };
}

// Token files end with a line break, which no header may hold.
function headersOf({ headers = {}, auth }: RequestOptions): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value).trim()]);
  const basic = auth ? [['authorization', `Basic ${Buffer.from(auth).toString('base64')}`]] : [];
  return Object.fromEntries([...basic, ...entries]);
}

// The library hands on the text of a plugin, or the bytes of a file.
function pem(value: RequestOptions['key'] | RequestOptions['ca']): string | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : undefined;
}
