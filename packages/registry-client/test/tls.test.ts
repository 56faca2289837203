import { createAuthority, type RegistryOptions, startRegistry, type TestRegistry } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { RegistryClient, type RegistryClientOptions } from '../src/index.ts';

const authority = createAuthority();

async function registryWith(
  tls: NonNullable<RegistryOptions['tls']>,
  auth?: RegistryOptions['auth'],
): Promise<TestRegistry> {
  const registry = await startRegistry({ tls, auth });
  onTestFinished(() => registry.close());
  registry.addImage('app', 'v1');
  return registry;
}

async function head({ host }: TestRegistry, options: RegistryClientOptions): Promise<unknown> {
  const client = new RegistryClient(host, { retry: { attempts: 1 }, ...options });
  onTestFinished(() => client.close());
  return client.headManifest('app', 'v1');
}

test('a certificate of a private authority is taken with that authority and refused without', async () => {
  const registry = await registryWith(authority.issue(['127.0.0.1']));
  await head(registry, { authorities: [`some comment\n${authority.certificate}`] });
  await expect(head(registry, {})).rejects.toMatchObject({
    code: 'registry-tls',
    hint: expect.stringContaining(`certs.d/${registry.host}/ca.crt`),
  });
});

test('text among the authorities that is no certificate is ignored', async () => {
  const registry = await registryWith(authority.issue(['127.0.0.1']));
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  await head(registry, { authorities: [broken, 'nothing', authority.certificate] });
});

test('an insecure client takes any certificate', async () => {
  await head(await registryWith(createAuthority().issue(['elsewhere.example.com'])), { insecure: true });
});

test('a certificate for another name says so', async () => {
  const registry = await registryWith(authority.issue(['mirror.example.com']));
  await expect(head(registry, { authorities: [authority.certificate] })).rejects.toThrow(
    'the certificate is for other names',
  );
});

test('an expired certificate says so', async () => {
  const validity = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2021-01-01T00:00:00Z') };
  const registry = await registryWith(authority.issue(['127.0.0.1'], validity));
  await expect(head(registry, { authorities: [authority.certificate] })).rejects.toThrow('the certificate has expired');
});

test('a client certificate is shown where it is asked for', async () => {
  const registry = await registryWith({ ...authority.issue(['127.0.0.1']), clientAuthority: authority.certificate });
  const authorities = [authority.certificate];
  await head(registry, { authorities, clients: [authority.issue(['node-1'])] });
  await expect(head(registry, { authorities })).rejects.toMatchObject({
    code: expect.stringMatching(/^registry-(tls|unreachable)$/),
  });
});

test('a client key that belongs to another certificate is refused before anything is sent', async () => {
  const registry = await registryWith(authority.issue(['127.0.0.1']));
  const mixed = { certificate: authority.issue(['a']).certificate, key: authority.issue(['b']).key };
  await expect(head(registry, { clients: [mixed] })).rejects.toMatchObject({ code: 'registry-tls' });
});

test('a password is not sent to a token endpoint without TLS', async () => {
  const tokens = await startRegistry({ auth: { scheme: 'bearer', username: 'u', password: 'p' } });
  onTestFinished(() => tokens.close());
  const auth = { scheme: 'bearer', username: 'u', password: 'p', realm: `${tokens.url}/token` } as const;
  const registry = await registryWith(authority.issue(['127.0.0.1']), auth);
  const credentials = () => ({ username: 'u', password: 'p' });
  await expect(head(registry, { authorities: [authority.certificate], credentials })).rejects.toMatchObject({
    code: 'registry-token',
  });
  expect(tokens.requests).toEqual([]);
});
