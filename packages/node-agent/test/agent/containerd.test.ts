import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { clientOf, confPath, file, startServer, TestNode, writeConfig } from '../start.ts';

const certs = '/etc/containerd/certs.d';

function conf(...mirrors: readonly (readonly [source: string, mirror: string])[]): string {
  return mirrors
    .map(([source, mirror]) => `[[registry]]\nlocation = "${source}"\n[[registry.mirror]]\nlocation = "${mirror}"\n`)
    .join('\n');
}

async function startNode(configs: Readonly<Record<string, readonly ReturnType<typeof file>[]>>): Promise<TestNode> {
  const client = clientOf(await startServer());
  for (const [name, files] of Object.entries(configs)) await writeConfig(client, name, files);
  const node = new TestNode(client);
  await node.create();
  return node;
}

function put(node: TestNode, path: string, text: string): void {
  mkdirSync(dirname(join(node.root, path)), { recursive: true });
  writeFileSync(join(node.root, path), text);
}

test('registries.conf becomes certs.d, nothing reloads, and what is no longer wanted goes with its directory', async () => {
  const node = await startNode({
    one: [
      file(confPath, conf(['quay.io', 'm.example'], ['ghcr.io', 'm.example'])),
      file('/etc/docker/certs.d/m.example/ca.crt', 'PEM'),
    ],
    two: [file(confPath, conf(['quay.io', 'm.example']))],
  });
  node.run({ runtime: 'containerd' });
  await node.takes('one');
  expect(node.read(`${certs}/quay.io/hosts.toml`)).toContain('[host."https://m.example"]');
  expect(node.read(`${certs}/m.example/ca.crt`)).toBe('PEM');
  await node.takes('two');
  expect(existsSync(join(node.root, certs, 'ghcr.io'))).toBe(false);
  expect(existsSync(join(node.root, certs, 'm.example'))).toBe(false);
  expect(node.read(`${certs}/quay.io/hosts.toml`)).not.toContain('ca.crt');
  expect(existsSync(join(node.root, confPath))).toBe(false);
  expect(existsSync(join(node.root, '/var/lib/pullpath/actions.log'))).toBe(false);
});

test("someone else's hosts.toml and directories stay as they are, and the Node names what is not ours", async () => {
  const node = await startNode({
    one: [file(confPath, conf(['quay.io', 'm.example'], ['ghcr.io', 'm.example']))],
    two: [],
  });
  put(node, `${certs}/quay.io/hosts.toml`, 'server = "https://spegel"\n');
  put(node, `${certs}/_default/hosts.toml`, 'server = "https://other"\n');
  node.run({ runtime: 'containerd' });
  await node.takes('one');
  expect(node.read(`${certs}/quay.io/hosts.toml`)).toBe('server = "https://spegel"\n');
  expect(node.read(`${certs}/ghcr.io/hosts.toml`)).toContain('m.example');
  expect((await node.view()).unapplied).toBe(`${certs}/quay.io/hosts.toml, which is someone else's`);
  await node.takes('two');
  expect(existsSync(join(node.root, certs, 'ghcr.io'))).toBe(false);
  expect(node.read(`${certs}/quay.io/hosts.toml`)).toBe('server = "https://spegel"\n');
  expect(node.read(`${certs}/_default/hosts.toml`)).toBe('server = "https://other"\n');
});

test('a directory that is ours and holds a file of someone else stays with that file', async () => {
  const node = await startNode({ one: [file(confPath, conf(['quay.io', 'm.example']))], two: [] });
  node.run({ runtime: 'containerd' });
  await node.takes('one');
  put(node, `${certs}/quay.io/client.cert`, 'theirs');
  await node.takes('two');
  expect(existsSync(join(node.root, certs, 'quay.io/hosts.toml'))).toBe(false);
  expect(node.read(`${certs}/quay.io/client.cert`)).toBe('theirs');
});

test('what the neighbours of our hosts.toml mean for it is told', async () => {
  const node = await startNode({
    one: [file(confPath, conf(['quay.io', 'm.example'], ['reg.corp:5000', 'm.example']))],
  });
  put(node, `${certs}/reg.corp_5000_/hosts.toml`, 'server = "https://other"\n');
  put(node, `${certs}/quay.io/corp.crt`, 'PEM');
  node.run({ runtime: 'containerd' });
  await node.takes('one');
  expect((await node.view()).unapplied.split('; ')).toEqual([
    `${certs}/quay.io/corp.crt, which is someone else's, is read no more beside our hosts.toml`,
    `${certs}/reg.corp_5000_ is read instead of ${certs}/reg.corp:5000`,
  ]);
});

test('files of ours that another tool moved away come back', async () => {
  const node = await startNode({ one: [file(confPath, conf(['quay.io', 'm.example']))] });
  node.run({ runtime: 'containerd', checkMs: 200 });
  await node.takes('one');
  const before = node.read(`${certs}/quay.io/hosts.toml`);
  unlinkSync(join(node.root, certs, 'quay.io/hosts.toml'));
  await expect.poll(() => existsSync(join(node.root, certs, 'quay.io/hosts.toml')), { timeout: 5_000 }).toBe(true);
  expect(readFileSync(join(node.root, certs, 'quay.io/hosts.toml'), 'utf8')).toBe(before);
});
