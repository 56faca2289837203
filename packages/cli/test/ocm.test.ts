import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeClient } from '@pullpath/kube-client';
import { connect, loadConnection } from '@pullpath/kube-client/node';
import { type HostedCluster, hostedClusters } from '@pullpath/ocm-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, launcher, pullpath } from './run-cli.ts';

// One server with its demo fleet, and the commands of rosa as a user types them.

const directory = mkdtempSync(join(tmpdir(), 'pullpath-ocm-'));
const data = join(directory, 'data');
const config = join(directory, 'ocm.json');
let server: Running;
let client: KubeClient;

interface Running {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly url: string;
  /** All that it wrote. */
  log(): string;
}

beforeAll(async () => {
  server = await start();
  client = connect(await loadConnection({ path: join(data, 'kubeconfig') }));
}, 120_000);

afterAll(async () => {
  await client.close();
  server.child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function start(): Promise<Running> {
  const args = ['serve', '--data-dir', data, '--ocm-listen', '127.0.0.1:0', '--demo'];
  const child = spawn(launcher, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, log] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const lines = await new Promise<string[]>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.split('\n').length > 2) resolve(text.split('\n').slice(0, 2));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${log}`)));
  });
  return { child, lines, url: lines[1]?.split(' ')[1] ?? '', log: () => text + log };
}

function rosa(...args: string[]): Ended {
  return pullpath(['rosa', ...args], { env: { OCM_CONFIG: config, NO_COLOR: '1' } });
}

function hostedCluster(): Promise<HostedCluster> {
  return client.get(hostedClusters, { namespace: 'clusters', name: 'my-cluster' });
}

async function readyCluster(): Promise<void> {
  for (let count = 0; count < 100; count++) {
    const { stdout } = rosa('list', 'image-mirrors', '-c', 'my-cluster');
    const { status } = await hostedCluster();
    if (stdout !== '' && JSON.stringify(status ?? {}).includes('"Available"')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the hosted cluster does not become available');
}

test('the second line names the address and the authority', () => {
  expect(server.lines[0]).toMatch(/^ready https:/);
  expect(server.lines[1]).toMatch(/^ocm https:\/\/127\.0\.0\.1:\d+ ca .*\/data\/ca\.crt$/);
  expect(readFileSync(join(data, 'ca.crt'), 'utf8')).toContain('BEGIN CERTIFICATE');
});

test('a demo says how rosa and Terraform get there', async () => {
  await expect.poll(() => server.log()).toContain(`./pullpath rosa login --env ${server.url} --ca ${data}/ca.crt`);
  expect(server.log()).toContain(`export RHCS_URL=${server.url} `);
});

test('before a login a command says how to log in', () => {
  expect(rosa('list', 'image-mirrors', '-c', 'my-cluster')).toMatchObject({
    status: 1,
    stderr: "ERR: Failed to create OCM connection: Not logged in, run the 'rosa login' command\n",
  });
});

test('a service account logs in; nobody else reads the configuration', () => {
  const account = JSON.parse(pullpath(['ocm', 'account', 'create', 'robot', '--data-dir', data]).stdout);
  expect(account).toEqual({
    client_id: expect.stringMatching(/^robot-[\da-f]{8}$/),
    client_secret: expect.stringMatching(/^[\w-]{43}$/),
    name: 'robot',
    token_url: `${server.url}/auth/realms/redhat-external/protocol/openid-connect/token`,
  });
  const login = ['login', '--env', server.url, '--token-url', account.token_url, '--client-id', account.client_id];
  expect(rosa(...login, '--client-secret', 'wrong', '--ca', join(data, 'ca.crt'))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('invalid_client: Invalid client or Invalid client credentials'),
  });
  expect(rosa(...login, '--client-secret', account.client_secret)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('certificate signed by unknown authority'),
  });
  expect(rosa(...login, '--client-secret', account.client_secret, '--ca', join(data, 'ca.crt'))).toEqual({
    status: 0,
    stdout: `INFO: Logged in as 'robot' on '${server.url}'\n`,
    stderr: '',
  });
  expect(statSync(config).mode & 0o777).toBe(0o600);
});

test('create, list, edit, delete: API, HostedCluster and nodes agree after each step', {
  timeout: 120_000,
}, async () => {
  await readyCluster();
  const source = 'docker.io/library/nginx';
  const made = rosa(
    'create',
    'image-mirror',
    '-c',
    'my-cluster',
    '--source',
    source,
    '--mirrors',
    'quay.io/a/nginx,b.io/n',
  );
  const [, id = ''] = /ID '([^']+)'/.exec(made.stdout) ?? [];
  expect(made.stdout).toBe(
    `INFO: Image mirror with ID '${id}' has been created on cluster 'my-cluster'\nINFO: Source: ${source}\nINFO: Mirrors: [quay.io/a/nginx b.io/n]\n`,
  );
  await agree(source, ['quay.io/a/nginx', 'b.io/n']);
  expect(rosa('edit', 'image-mirror', id, '-c', 'my-cluster', '--mirrors', 'c.io/nginx').status).toBe(0);
  await agree(source, ['c.io/nginx']);
  expect(JSON.parse(rosa('list', 'image-mirrors', '-c', 'my-cluster', '-o', 'json').stdout)).toMatchObject([
    { id, source, mirrors: ['c.io/nginx'] },
  ]);
  expect(rosa('delete', 'image-mirror', id, '-c', 'my-cluster', '-y').stdout).toBe(
    `INFO: Image mirror '${id}' has been deleted from cluster 'my-cluster'\n`,
  );
  await agree(source, []);
});

/** The HostedCluster, and each node of the pools once `wait` says so, have exactly these mirrors for a source. */
async function agree(source: string, mirrors: readonly string[]): Promise<void> {
  const entries = (await hostedCluster()).spec?.imageContentSources ?? [];
  expect(entries.filter((entry) => entry.source === source).flatMap((entry) => entry.mirrors ?? [])).toEqual(mirrors);
  expect(rosa('wait', '-c', 'my-cluster', '--timeout', '60')).toMatchObject({ status: 0 });
  const files = nodeFiles();
  expect(files.length).toBeGreaterThan(0);
  for (const text of files) expect(mirrorsIn(text, source)).toEqual(mirrors);
}

function nodeFiles(): readonly string[] {
  const root = join(data, 'nodes/clusters-my-cluster');
  return readdirSync(root).map((node) => readFileSync(join(root, node, 'etc/containers/registries.conf'), 'utf8'));
}

function mirrorsIn(conf: string, source: string): readonly string[] {
  const entry = conf.split('[[registry]]\n').find((text) => text.includes(`  location = "${source}"\n`)) ?? '';
  return [...entry.matchAll(/^ {4}location = "([^"]+)"$/gm)].map(([, mirror = '']) => mirror);
}

test('a file is applied by source, and prunes where it is asked to', async () => {
  const file = join(directory, 'mirrors.yaml');
  writeFileSync(file, 'mirrors:\n- source: quay.io/a\n  mirrors: [m.io/a]\n- source: quay.io/b\n  mirrors: [m.io/b]\n');
  expect(rosa('apply', '-c', 'my-cluster', '-f', file).stdout).toBe(
    "INFO: Image mirror of 'quay.io/a' created\nINFO: Image mirror of 'quay.io/b' created\n",
  );
  writeFileSync(file, '- source: quay.io/a\n  mirrors: [m.io/a2]\n');
  expect(rosa('apply', '-c', 'my-cluster', '-f', file, '--prune', '--dry-run').stdout).toBe(
    "INFO: Image mirror of 'quay.io/a' would be updated\nINFO: Image mirror of 'quay.io/b' would be deleted\n",
  );
  expect(rosa('apply', '-c', 'my-cluster', '-f', file, '--prune').status).toBe(0);
  expect(rosa('apply', '-c', 'my-cluster', '-f', file, '--prune').stdout).toBe(
    "INFO: Image mirror of 'quay.io/a' unchanged\n",
  );
  expect((await hostedCluster()).spec?.imageContentSources).toEqual([{ source: 'quay.io/a', mirrors: ['m.io/a2'] }]);
});

test('every fault of a file is told with its line', () => {
  const file = join(directory, 'wrong.yaml');
  writeFileSync(
    file,
    'mirrors:\n- source: a\n- mirrors: [x]\n- source: b\n  mirrors: [y]\n- source: b\n  mirrors: [z]\n',
  );
  const { status, stderr } = rosa('apply', '-c', 'my-cluster', '-f', file);
  expect(status).toBe(1);
  expect(stderr.replaceAll(directory, '')).toBe(
    "ERR: /wrong.yaml:2:3: mirrors of 'a' must be a list of at least one text\n/wrong.yaml:3:3: source must be a text\n/wrong.yaml:6:3: source 'b' is there twice\n",
  );
});

test('mirrors are exported as Terraform resources with import blocks', () => {
  const { stdout } = rosa('export', '-c', 'my-cluster', '--terraform');
  expect(stdout).toMatch(
    /^import \{\n {2}to = rhcs_image_mirror\.quay_io_a\n {2}id = "[^:"]+:[^:"]+"\n\}\n\nresource "rhcs_image_mirror" "quay_io_a" \{/,
  );
});

test('a mirror that kubectl makes is listed', async () => {
  const entry = { source: 'by.kubectl.io/x', mirrors: ['m.io/x'] };
  await client.patch(hostedClusters, { namespace: 'clusters', name: 'my-cluster' }, 'merge', {
    spec: { imageContentSources: [entry] },
  });
  expect(rosa('list', 'image-mirrors', '-c', 'my-cluster').stdout).toContain('digest  by.kubectl.io/x  m.io/x\n');
});

test('registry configuration goes into the HostedCluster', async () => {
  const edit = ['edit', 'cluster', '-c', 'my-cluster', '-y'];
  expect(
    rosa(
      ...edit,
      '--registry-config-allowed-registries',
      'quay.io,*.redhat.io',
      '--registry-config-allowed-registries-for-import',
      'quay.io:false',
    ),
  ).toMatchObject({ status: 0, stdout: "INFO: Updated cluster 'my-cluster'\n" });
  expect((await hostedCluster()).spec?.configuration?.image).toMatchObject({
    registrySources: { allowedRegistries: ['quay.io', '*.redhat.io'] },
    allowedRegistriesForImport: [{ domainName: 'quay.io', insecure: false }],
  });
  const both = ['--registry-config-allowed-registries', 'a', '--registry-config-blocked-registries', 'b'];
  expect(rosa(...edit, ...both)).toMatchObject({
    status: 1,
    stderr: 'ERR: allowed registries and blocked registries are mutually exclusive fields\n',
  });
  expect(rosa(...edit, '--registry-config-allowed-registries', '')).toMatchObject({ status: 0 });
  expect((await hostedCluster()).spec?.configuration?.image?.registrySources).toEqual({});
});

test('once a rollout has begun nothing is left of the pause that edits shared', async () => {
  await expect.poll(async () => (await hostedCluster()).spec?.pausedUntil, { timeout: 20_000 }).toBeUndefined();
});

test('a question that nobody answers is a no', () => {
  const edit = rosa('edit', 'cluster', '-c', 'my-cluster', '--registry-config-insecure-registries', 'a.io');
  expect(edit).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('(y/N)') });
});

test('under the name rosa it is rosa', () => {
  const link = join(directory, 'rosa');
  symlinkSync(launcher, link);
  const args = ['list', 'image-mirrors', '-c', 'nobody'];
  const { status, stderr } = spawnSync(link, args, { encoding: 'utf8', env: { ...process.env, OCM_CONFIG: config } });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "ERR: There is no cluster with identifier or name 'nobody'\n",
  });
});

test('a token of one cluster is good for that one', async () => {
  const { metadata } = await hostedCluster();
  const token = (...args: string[]) => pullpath(['ocm', 'token', 'create', '--data-dir', data, ...args]).stdout.trim();
  const own = join(directory, 'own.json');
  const login = (text: string) =>
    pullpath(['rosa', 'login', '--env', server.url, '--token', text, '--ca', join(data, 'ca.crt')], {
      env: { OCM_CONFIG: own },
    });
  expect(login(token('--clusters', metadata.uid ?? '', '--ttl', '1h')).status).toBe(0);
  expect(pullpath(['rosa', 'list', 'image-mirrors', '-c', 'my-cluster'], { env: { OCM_CONFIG: own } }).status).toBe(0);
  login(token('--clusters', 'another'));
  expect(pullpath(['rosa', 'list', 'image-mirrors', '-c', 'my-cluster'], { env: { OCM_CONFIG: own } })).toMatchObject({
    status: 1,
    stderr: "ERR: There is no cluster with identifier or name 'my-cluster'\n",
  });
});

test('a restart keeps address, tokens and mirrors; no token is in anything that the server wrote', {
  timeout: 60_000,
}, async () => {
  const before = rosa('list', 'image-mirrors', '-c', 'my-cluster', '-o', 'yaml');
  const { access_token: token } = JSON.parse(readFileSync(config, 'utf8'));
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(server.log()).not.toContain(token);
  const { url } = server;
  server = await start();
  expect(server.url).toBe(url);
  expect(rosa('list', 'image-mirrors', '-c', 'my-cluster', '-o', 'yaml')).toEqual(before);
});

test('a busy address ends the start with 3, a wrong one with 2', { timeout: 60_000 }, () => {
  const port = new URL(server.url).port;
  const other = ['serve', '--data-dir', join(directory, 'other'), '--ocm-listen'];
  expect(pullpath([...other, port])).toMatchObject({ status: 3, stderr: expect.stringContaining('listen-failed') });
  expect(pullpath([...other, 'nonsense']).status).toBe(2);
});
