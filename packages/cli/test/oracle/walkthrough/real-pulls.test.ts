import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient, KubeObject, Resource } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import {
  type DockerRegistry,
  programsOrSkip,
  pushImage,
  runProgram,
  startContainerd,
  startDockerRegistry,
  writeImage,
} from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { startPullpath } from './process.ts';

const source = '127.0.0.41:5141';
const [first, second] = ['127.0.0.42:5142', '127.0.0.43:5143'];

const digestMirrorSets: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'imagedigestmirrorsets',
  kind: 'ImageDigestMirrorSet',
  namespaced: false,
};
const images: Resource = { ...digestMirrorSets, plural: 'images', kind: 'Image' };
const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };

test('podman and containerd pull through the mirror that applied objects name, and through another one after an edit', {
  timeout: 180_000,
}, async (context) => {
  programsOrSkip(context, ['podman', 'skopeo', 'docker-registry', 'containerd', 'ctr'], true);
  const directory = mkdtempSync(join(tmpdir(), 'pullpath-pulls-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const registries = [await serve(directory, first), await serve(directory, second)] as const;
  const { digest } = await pushCopies(directory);
  const { client, crioNode, containerdNode } = await startNodes(directory);
  const containerd = await startContainerd(join(directory, 'containerd'));
  onTestFinished(() => containerd.stop());

  const registrySources = { insecureRegistries: [source, first, second] };
  await client.patch(images, { name: 'cluster' }, 'merge', { spec: { registrySources } });
  await client.create(digestMirrorSets, mirrorSet(first));
  for (const [mirror, registry] of [
    [first, registries[0]],
    [second, registries[1]],
  ] as const) {
    await client.patch(digestMirrorSets, { name: 'real' }, 'merge', mirrorSet(mirror));
    await holds(join(crioNode, 'etc/containers/registries.conf'), mirror);
    await holds(join(containerdNode, 'etc/containerd/certs.d', source, 'hosts.toml'), mirror);
    const reference = `${source}/app@${digest}`;
    const before = registry.served().length;
    const podman = await pullByPodman(directory, join(crioNode, 'etc/containers/registries.conf'), reference);
    expect(podman.code, podman.stderr).toBe(0);
    const afterPodman = registry.served().slice(before);
    expect(afterPodman).toContain(`GET /v2/copies/app/manifests/${digest}`);
    const { code, stderr } = await containerd.pull(reference, join(containerdNode, 'etc/containerd/certs.d'));
    expect(code, stderr).toBe(0);
    const afterContainerd = registry.served().slice(before + afterPodman.length);
    expect(afterContainerd.join('\n')).toContain(`/v2/copies/app/manifests/${digest}`);
  }
});

function mirrorSet(mirror: string): KubeObject & { readonly spec: object } {
  return { metadata: { name: 'real' }, spec: { imageDigestMirrors: [{ source, mirrors: [`${mirror}/copies`] }] } };
}

async function serve(directory: string, address: string): Promise<DockerRegistry> {
  const registry = await startDockerRegistry({ address, directory: join(directory, address.replace(':', '-')) });
  onTestFinished(() => registry.stop());
  return registry;
}

async function pushCopies(directory: string): Promise<{ readonly digest: string }> {
  const image = writeImage(join(directory, 'image'), 'one');
  for (const mirror of [first, second]) await pushImage(image, `${mirror}/copies/app:v1`);
  return image;
}

/** A server with one CRI-O node, and an agent of a containerd node beside it. */
async function startNodes(directory: string) {
  const data = join(directory, 'data');
  const server = await startPullpath(['serve', '--data-dir', data, '--workers', '1'], /^ready /m);
  onTestFinished(() => server.stop());
  const kubeconfig = join(data, 'kubeconfig');
  const client = connect(await loadConnection({ path: kubeconfig }));
  onTestFinished(() => client.close());
  await joinCluster(client, 'containerd-0');
  const containerdNode = join(directory, 'containerd-node');
  const args = ['--kubeconfig', kubeconfig, '--node', 'containerd-0', '--root', containerdNode];
  const agent = await startPullpath(['agent', ...args, '--runtime', 'containerd'], /./);
  onTestFinished(() => agent.stop());
  return { client, crioNode: join(data, 'nodes/management/worker-0'), containerdNode };
}

async function joinCluster(client: KubeClient, name: string): Promise<void> {
  await client.create(nodes, { metadata: { name, labels: { 'node-role.kubernetes.io/worker': '' } } });
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  await client.patch(nodes, { name }, 'merge', { status }, { subresource: 'status' });
}

async function holds(path: string, text: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!existsSync(path) || !readFileSync(path, 'utf8').includes(text)) {
    if (Date.now() > end) throw new Error(`${path} does not name ${text} after a minute`);
    await pause(100);
  }
}

// Each pull into a storage of its own, so that none is answered from the one before.
function pullByPodman(directory: string, registriesConf: string, reference: string) {
  const storage = mkdtempSync(join(directory, 'podman-'));
  const flags = ['--storage-driver', 'vfs', '--root', join(storage, 'root'), '--runroot', join(storage, 'run')];
  return runProgram(['podman', ...flags, 'pull', reference], { env: { CONTAINERS_REGISTRIES_CONF: registriesConf } });
}
