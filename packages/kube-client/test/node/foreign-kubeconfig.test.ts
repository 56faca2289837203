import { expect, test } from 'vitest';
import { foreignConnection } from '../../src/node/index.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function kubeconfig(user: object, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
  });
}

test('certificates, keys and tokens that are data are used', async () => {
  const connection = await foreignConnection(
    kubeconfig({ token: 'abc' }, { 'certificate-authority-data': base64('CA') }),
  );
  expect(connection.server.href).toBe('https://127.0.0.1:6443/');
  expect(await connection.credentials()).toMatchObject({
    headers: { authorization: 'Bearer abc' },
    tls: { ca: 'CA' },
  });
});

test.each([
  [{ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'touch', args: ['/tmp/x'] } }, 'exec'],
  [{ 'auth-provider': { name: 'oidc', config: {} } }, 'auth-provider'],
  [{ 'client-certificate': '/etc/passwd', 'client-key': '/etc/shadow' }, 'client-certificate, client-key'],
  [{ 'token-file': '/etc/hostname' }, 'token-file'],
  [{ tokenFile: '/etc/hostname' }, 'tokenFile'],
])('a user with %j is refused', async (user, words) => {
  await expect(foreignConnection(kubeconfig(user))).rejects.toMatchObject({
    code: 'kube-config',
    message: `the kubeconfig uses ${words} of the machine that reads it`,
  });
});

test('a file as authority is refused', async () => {
  await expect(foreignConnection(kubeconfig({}, { 'certificate-authority': '/etc/ssl/ca.pem' }))).rejects.toMatchObject(
    { message: expect.stringContaining('certificate-authority') },
  );
});

test.each(['token: [secret-of-mine', 'secret-of-mine', '{"users": {"secret-of-mine": 1}}'])(
  'text that is no kubeconfig is refused without repeating it: %s',
  async (text) => {
    const failure = await foreignConnection(text).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'kube-config' });
    expect(String((failure as Error).message)).not.toContain('secret-of-mine');
  },
);
