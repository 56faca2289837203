import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, type TestAuthority } from '../certificates/certificate.ts';
import { type Background, startBackground } from '../daemons/background.ts';
import { type ApiAccess, type KubeApi, openKubeApi } from './api.ts';
import { freePorts } from './free-port.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import type { KubernetesPrograms } from './programs.ts';

export interface ControlPlaneOptions {
  /** Controllers to run in a controller manager, e.g. `garbagecollector`; none starts none. */
  readonly controllers?: readonly string[];
}

/** One kube-apiserver. */
export interface RealApi {
  readonly api: KubeApi;
  /** Path of a kubeconfig of the administrator. */
  readonly kubeconfig: string;
}

/** A real etcd and kube-apiserver of its own, with nothing in it. */
export interface ControlPlane extends RealApi {
  /** Starts another kube-apiserver on the same etcd, with objects of its own: a hosted cluster's. It ends with the first. */
  addApi(name: string): Promise<RealApi>;
  /** Ends the programs and removes their directory. */
  stop(): Promise<void>;
}

/** Starts the real programs on free ports of 127.0.0.1 and waits until they are usable; RBAC is on, `admin` may do all. */
export async function startControlPlane(
  programs: KubernetesPrograms,
  { controllers = [] }: ControlPlaneOptions = {},
): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-control-plane-'));
  const running: Background[] = [];
  const stop = async (): Promise<void> => {
    for (const program of running.toReversed()) await program.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const etcd = await startEtcd(programs, directory, running);
    const apis: RealApi[] = [];
    const addApi = async (name: string): Promise<RealApi> => {
      const started = await startApi(programs, join(directory, name), { etcd, prefix: `/${name}` }, running);
      apis.push(started);
      return started;
    };
    const first = await addApi('registry');
    if (controllers.length > 0)
      running.push(await startControllers(programs, join(directory, 'registry'), first.kubeconfig, controllers));
    const close = async (): Promise<void> => {
      for (const { api } of apis) api.close();
      await stop();
    };
    return { ...first, addApi, stop: close };
  } catch (error) {
    await stop();
    throw error;
  }
}

const token = 'test-admin-token';

interface EtcdPlace {
  readonly etcd: string;
  readonly prefix: string;
}

async function startApi(
  programs: KubernetesPrograms,
  directory: string,
  place: EtcdPlace,
  running: Background[],
): Promise<RealApi> {
  mkdirSync(directory);
  const [secure = 0] = await freePorts(1);
  const authority = createAuthority();
  const access: ApiAccess = { url: `https://127.0.0.1:${secure}`, ca: authority.certificate, token };
  const api = openKubeApi(access);
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOf(access), { mode: 0o600 });
  running.push(await startApiServer(programs, directory, authority, place, api));
  await usable(api);
  return { api, kubeconfig };
}

/** Gives the address that clients of it use. */
async function startEtcd({ etcd }: KubernetesPrograms, directory: string, running: Background[]): Promise<string> {
  const [client, peer] = await freePorts(2);
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  const flags = {
    'data-dir': join(directory, 'etcd'),
    'listen-client-urls': clientUrl,
    'advertise-client-urls': clientUrl,
    'listen-peer-urls': peerUrl,
    'initial-advertise-peer-urls': peerUrl,
    'initial-cluster': `default=${peerUrl}`,
    'unsafe-no-fsync': 'true',
    'log-level': 'error',
  };
  running.push(await startBackground([...etcd, ...asFlags(flags)], () => answers(`${clientUrl}/health`)));
  return clientUrl;
}

function startApiServer(
  { apiserver }: KubernetesPrograms,
  directory: string,
  authority: TestAuthority,
  { etcd, prefix }: EtcdPlace,
  api: KubeApi,
): Promise<Background> {
  const place = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const server = authority.issue(['localhost', '127.0.0.1']);
  const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const flags = {
    'etcd-servers': etcd,
    'etcd-prefix': prefix,
    'bind-address': '127.0.0.1',
    'secure-port': new URL(api.url).port,
    'cert-dir': join(directory, 'certs'),
    'tls-cert-file': place('tls.crt', server.certificate),
    'tls-private-key-file': place('tls.key', server.key),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': place('sa.pub', signing.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
    'service-account-signing-key-file': place(
      'sa.key',
      signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    'token-auth-file': place('tokens.csv', `${token},admin,admin,"system:masters"\n`),
    'authorization-mode': 'RBAC',
    'anonymous-auth': 'false',
    'service-cluster-ip-range': '10.0.0.0/24',
    'disable-admission-plugins': 'ServiceAccount',
    'allow-privileged': 'true',
  };
  mkdirSync(flags['cert-dir']);
  return startBackground([...apiserver, ...asFlags(flags)], () => isReady(api));
}

function startControllers(
  { controllerManager }: KubernetesPrograms,
  directory: string,
  kubeconfig: string,
  controllers: readonly string[],
): Promise<Background> {
  if (!controllerManager) throw new Error('the folder of KUBEBUILDER_ASSETS has no kube-controller-manager');
  const flags = {
    kubeconfig,
    controllers: controllers.join(','),
    'leader-elect': 'false',
    'secure-port': '0',
    'cert-dir': join(directory, 'certs'),
  };
  return startBackground([...controllerManager, ...asFlags(flags)], () => Promise.resolve(true));
}

function asFlags(flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

async function isReady(api: KubeApi): Promise<boolean> {
  try {
    const { status } = await api.request({ method: 'GET', path: '/readyz' });
    return status === 200;
  } catch {
    // Not listening yet.
    return false;
  }
}

// Ready says nothing of these, which post-start hooks make: writes before them are refused.
async function usable(api: KubeApi): Promise<void> {
  const wanted = ['/api/v1/namespaces/default', '/api/v1/namespaces/kube-system'];
  for (const path of wanted) while ((await api.request({ method: 'GET', path })).status !== 200) await pause();
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
