import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, startKubeServer, type TestKubeServer } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { configMaps } from '../../src/index.ts';
import { connect, type KubeconfigOptions, loadConnection } from '../../src/node/index.ts';

const authority = createAuthority();

async function startTls(clientAuthority?: string): Promise<TestKubeServer> {
  const tls = authority.issue(['127.0.0.1']);
  const server = await startKubeServer({ tls: { ...tls, ...(clientAuthority ? { clientAuthority } : {}) } });
  onTestFinished(async () => server.close());
  return server;
}

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function kubeconfig(server: string, user: object, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u', namespace: 'apps' } }],
  });
}

function write(text: string, name = 'config', folder = directory()): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The headers with which a server saw a request over a kubeconfig. */
async function seenBy(server: TestKubeServer, options: KubeconfigOptions, calls = 1) {
  const client = connect(await loadConnection(options));
  onTestFinished(async () => client.close());
  for (let call = 0; call < calls; call++) await client.list(configMaps);
  return server.requests.map(({ headers }) => headers.authorization);
}

const ca = { 'certificate-authority-data': base64(authority.certificate) };

test('a token over TLS with the authority of the kubeconfig', async () => {
  const server = await startTls();
  const path = write(kubeconfig(server.url, { token: 'secret' }, ca));
  expect(await seenBy(server, { path })).toEqual(['Bearer secret']);
  expect((await loadConnection({ path })).namespace).toBe('apps');
});

test('an authority that is not named is not trusted, and the error says what to do', async () => {
  const server = await startTls();
  const path = write(kubeconfig(server.url, { token: 'secret' }));
  await expect(seenBy(server, { path })).rejects.toMatchObject({
    code: 'kube-tls',
    hint: 'the kubeconfig must hold the authority of this server as certificate-authority-data',
  });
});

test('verification can be given up, and the name in the certificate be another', async () => {
  const server = await startTls();
  const insecure = write(kubeconfig(server.url, {}, { 'insecure-skip-tls-verify': true }));
  expect(await seenBy(server, { path: insecure })).toEqual([undefined]);
  const named = await startKubeServer({ tls: authority.issue(['kube.test']) });
  onTestFinished(async () => named.close());
  const path = write(kubeconfig(named.url, {}, { ...ca, 'tls-server-name': 'kube.test' }));
  expect(await seenBy(named, { path })).toEqual([undefined]);
});

test('a client certificate is shown', async () => {
  const server = await startTls(authority.certificate);
  const { certificate, key } = authority.issue(['admin']);
  const user = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
  expect(await seenBy(server, { path: write(kubeconfig(server.url, user, ca)) })).toEqual([undefined]);
  expect(server.requests).toHaveLength(1);
});

test('files are relative to the kubeconfig', async () => {
  const server = await startTls();
  const folder = directory();
  write(authority.certificate, 'ca.crt', folder);
  const path = write(kubeconfig(server.url, { token: 't' }, { 'certificate-authority': 'ca.crt' }), 'config', folder);
  expect(await seenBy(server, { path })).toEqual(['Bearer t']);
});

test('plain http is spoken where the kubeconfig says so', async () => {
  const server = await startKubeServer();
  onTestFinished(async () => server.close());
  const path = write(kubeconfig(server.url, { token: 't' }));
  expect(await seenBy(server, { path })).toEqual(['Bearer t']);
});

test('basic authentication and impersonation are sent', async () => {
  const server = await startTls();
  const path = write(kubeconfig(server.url, { username: 'ann', password: 'pw', as: 'bob' }, ca));
  expect(await seenBy(server, { path })).toEqual([`Basic ${base64('ann:pw')}`]);
  expect(server.requests[0]?.headers['impersonate-user']).toBe('bob');
});

/** A plugin that counts its runs in a file, and gives the count as the token. */
function plugin(folder: string): string {
  const path = join(folder, 'bin');
  mkdirSync(path);
  const script = `#!/bin/sh
echo run >> "${folder}/runs"
echo "$KUBERNETES_EXEC_INFO" > "${folder}/info"
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t%s"}}' "$(wc -l < "${folder}/runs" | tr -d ' ')"
`;
  writeFileSync(join(path, 'login'), script);
  chmodSync(join(path, 'login'), 0o755);
  return './bin/login';
}

const execUser = (command: string): object => ({
  exec: { apiVersion: 'client.authentication.k8s.io/v1', command, provideClusterInfo: true, interactiveMode: 'Never' },
});

test('an exec plugin is run once for many requests, told what for, and again after a 401', async () => {
  const server = await startTls();
  const folder = directory();
  const path = write(kubeconfig(server.url, execUser(plugin(folder)), ca), 'config', folder);
  const client = connect(await loadConnection({ path }));
  onTestFinished(async () => client.close());
  await Promise.all([client.list(configMaps), client.list(configMaps)]);
  server.fail({ times: 1, effect: { kind: 'answer', status: 401 } });
  await client.list(configMaps);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
    ['t1', 't1', 't1', 't2'].map((token) => `Bearer ${token}`),
  );
  const { readFileSync } = await import('node:fs');
  expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))).toMatchObject({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, cluster: { server: server.url } },
  });
});

test('a plugin that fails is an error that names it and holds nothing of what it printed', async () => {
  const server = await startTls();
  const folder = directory();
  const path = write(kubeconfig(server.url, execUser('/bin/false'), ca), 'config', folder);
  await expect(seenBy(server, { path })).rejects.toMatchObject({
    code: 'kube-credentials',
    message: 'the credentials of user "u" cannot be obtained',
    hint: 'check that /bin/false works in a shell',
  });
});

test('a plugin that waits does not hold a request beyond its deadline', async () => {
  const server = await startTls();
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sleep', args: ['2'] } };
  const client = connect(await loadConnection({ path: write(kubeconfig(server.url, user, ca)) }), { deadlineMs: 50 });
  onTestFinished(async () => client.close());
  await expect(client.list(configMaps)).rejects.toMatchObject({ code: 'kube-timeout' });
});

test('of the files of KUBECONFIG the first counts, and those that are not there are passed over', async () => {
  const server = await startTls();
  const folder = directory();
  const first = write(kubeconfig(server.url, { token: 'first' }, ca), 'first', folder);
  const second = write(kubeconfig('https://other.test', { token: 'second' }), 'second', folder);
  const env = { KUBECONFIG: [join(folder, 'missing'), first, second].join(':') };
  expect(await seenBy(server, { env })).toEqual(['Bearer first']);
});

test('another context can be chosen, and one that is not there is refused', async () => {
  const path = write(kubeconfig('https://kube.test', {}));
  await expect(loadConnection({ path, context: 'nope' })).rejects.toMatchObject({
    code: 'kube-config',
    message: 'the kubeconfig has no context "nope"',
  });
  expect((await loadConnection({ path, context: 'main' })).server.host).toBe('kube.test');
});

test.each([
  ['a file that is not there', { path: '/nonexistent/config' }, 'cannot be read'],
  ['no kubeconfig at all', { env: { HOME: '/nonexistent' } }, 'there is no kubeconfig'],
])('%s is an error with a reason', async (_, options, message) => {
  await expect(loadConnection(options)).rejects.toMatchObject({
    code: 'kube-config',
    message: expect.stringContaining(message),
  });
});

test.each(['ftp://kube.test', 'kube.test:6443'])('the server %s is refused', async (server) => {
  await expect(loadConnection({ path: write(kubeconfig(server, {})) })).rejects.toThrow('is no http or https URL');
});

test('a file that is no kubeconfig is refused', async () => {
  await expect(loadConnection({ path: write('just text') })).rejects.toMatchObject({ code: 'kube-config' });
});
