import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import {
  connectOcm,
  createImageMirror,
  type ImageMirror,
  isModified,
  type NewMirror,
  type OcmClient,
} from '@pullpath/ocm-api/client';
import { type AttachedProvider, attachProvider, openTerraform, type TerraformWorkspace } from '@pullpath/testkit';
import { type Process, root, startPullpath } from '../walkthrough/process.ts';

/** `pullpath serve` with its OCM API, and a provider process that is connected to it. */
export interface World {
  readonly directory: string;
  readonly data: string;
  readonly url: string;
  readonly ca: string;
  readonly kube: KubeClient;
  readonly ocm: OcmClient;
  readonly provider: AttachedProvider;
  /** An access token, as `pullpath ocm token create` prints it. */
  token(...options: string[]): string;
  /** An empty folder for Terraform; its configurations find the server by the environment. */
  workspace(terraform: string, env?: Readonly<Record<string, string>>): TerraformWorkspace;
  /** Ends the server and starts it again on the same data and ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-world-'));
  const data = join(directory, 'data');
  let server = await serve(data);
  const [, url = '', ca = ''] = /^ocm (\S+) ca (\S+)$/m.exec(server.output()) ?? [];
  const token = (...options: string[]) =>
    pullpath('ocm', 'token', 'create', '--data-dir', data, '--ttl', '1h', ...options);
  const trustedCas = readFileSync(ca, 'utf8');
  const provider = await attachProvider({ RHCS_URL: url, RHCS_TRUSTED_CAS: trustedCas, RHCS_TOKEN: token() });
  const kube = connect(await loadConnection({ path: join(data, 'kubeconfig') }), { userAgent: 'test' });
  const ocm = connectOcm({ url, trustedCas, tokens: [token()] });
  const workspaces: TerraformWorkspace[] = [];
  return {
    directory,
    data,
    url,
    ca: trustedCas,
    kube,
    ocm,
    provider,
    token,
    workspace: (terraform, env = {}) => {
      const workspace = openTerraform(terraform, { ...provider.env, ...env });
      workspaces.push(workspace);
      return workspace;
    },
    restart: async () => {
      await server.stop();
      server = await serve(data);
    },
    stop: async () => {
      provider.close();
      ocm.close();
      await kube.close();
      await server.stop();
      for (const workspace of workspaces) workspace.remove();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function serve(data: string): Promise<Process> {
  return startPullpath(['serve', '--data-dir', data, '--workers', '1', '--ocm-listen', '127.0.0.1:0'], /^ocm .*\n/m);
}

/** The stdout of one command. */
export function pullpath(...args: string[]): string {
  return execFileSync(join(root, 'pullpath'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Creates the hosted cluster of the examples under another name and id, and waits until the API says that it is ready. */
export async function createHostedCluster(world: World, name: string): Promise<string> {
  const text = readFileSync(join(root, 'examples/terraform/hosted-cluster.yaml'), 'utf8');
  const own = text
    .replaceAll('your-cluster-id', `id-${name}`)
    .replaceAll('example', name)
    .replace('replicas: 2', 'replicas: 1');
  const file = join(world.directory, `${name}.yaml`);
  writeFileSync(file, own);
  await applyManifests(world.kube, own);
  await until(async () => (await stateOf(world, `id-${name}`)) === 'ready', 'the cluster to be ready');
  return `id-${name}`;
}

async function stateOf({ ocm }: World, id: string): Promise<unknown> {
  const cluster = await ocm.send({ method: 'GET', path: `/api/clusters_mgmt/v1/clusters/${id}` });
  return (cluster as { state?: unknown }).state;
}

/** Adds a mirror by the REST API, again where another write came between, as its answer says. */
export async function addMirror({ ocm }: World, id: string, mirror: NewMirror): Promise<ImageMirror> {
  for (;;) {
    try {
      return await createImageMirror(ocm, id, mirror);
    } catch (error) {
      if (!isModified(error)) throw error;
      await sleep(100);
    }
  }
}

/** Looks until it holds; throws with what was waited for after half a minute. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) if (await holds()) return;
  throw new Error(`waited half a minute for ${what}`);
}

async function applyManifests(kube: KubeClient, text: string): Promise<void> {
  for (const part of text.split('\n---\n')) {
    const { apiVersion, kind, ...object } = (await import('yaml')).parse(part) as {
      apiVersion: string;
      kind: string;
      metadata: { name: string; namespace?: string };
    };
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    const resource = {
      group,
      version,
      plural: `${kind.toLowerCase()}s`,
      kind,
      namespaced: object.metadata.namespace !== undefined,
    };
    await kube.apply(resource, object, { force: true });
  }
}
