import { type RegistryOptions, startRegistry, type TestRegistry } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { RegistryClient, type RegistryClientOptions, type RegistryErrorCode } from '../src/index.ts';

const secrets = { username: 'robot', password: 'hunter2' };
const quick = { firstDelay: 1 };

async function registryWith(options: RegistryOptions = {}): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  onTestFinished(() => registry.close());
  return registry;
}

// The registries of these tests have no TLS, which only an insecure client accepts.
function clientOf(registry: TestRegistry, options: RegistryClientOptions = {}): RegistryClient {
  const client = new RegistryClient(registry.host, { insecure: true, retry: quick, ...options });
  onTestFinished(() => client.close());
  return client;
}

async function codeOf(failing: Promise<unknown>): Promise<RegistryErrorCode | undefined> {
  const error: unknown = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(JSON.stringify({ error, text: String(error) })).not.toContain('hunter2');
  return (error as { code?: RegistryErrorCode } | undefined)?.code;
}

test('an open registry gives a manifest by tag and by digest, and the same digest for HEAD', async () => {
  const registry = await registryWith();
  const digest = registry.addImage('ns/app', 'v1');
  const client = clientOf(registry);
  expect(await client.headManifest('ns/app', 'v1')).toMatchObject({
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
  });
  expect((await client.getManifest('ns/app', 'v1')).digest).toBe(digest);
  expect((await client.getManifest('ns/app', digest)).bytes.length).toBeGreaterThan(100);
});

test('a registry without TLS is refused unless it is insecure', async () => {
  const registry = await registryWith();
  registry.addImage('app', 'v1');
  expect(await codeOf(clientOf(registry, { insecure: false }).headManifest('app', 'v1'))).toBe('registry-tls');
  expect(registry.requests).toEqual([]);
});

test('basic credentials are sent once they are asked for', async () => {
  const registry = await registryWith({ auth: { scheme: 'basic', ...secrets } });
  registry.addImage('app', 'v1');
  await clientOf(registry, { credentials: () => secrets }).headManifest('app', 'v1');
  expect(registry.requests.map(({ path, authorization }) => [path, authorization !== undefined])).toEqual([
    ['/v2/', false],
    ['/v2/app/manifests/v1', true],
  ]);
});

test('credentials are chosen by repository', async () => {
  const registry = await registryWith({ auth: { scheme: 'basic', ...secrets } });
  registry.addImage('team-a/app', 'v1');
  registry.addImage('team-b/app', 'v1');
  const client = clientOf(registry, {
    credentials: (repository) => (repository.startsWith('team-a/') ? secrets : undefined),
  });
  await client.headManifest('team-a/app', 'v1');
  expect(await codeOf(client.headManifest('team-b/app', 'v1'))).toBe('registry-unauthorized');
});

test('a token is fetched once per repository and the password goes to the token endpoint alone', async () => {
  const registry = await registryWith({ auth: { scheme: 'bearer', ...secrets } });
  registry.addImage('a', 'v1');
  registry.addImage('b', 'v1');
  const client = clientOf(registry, { credentials: () => secrets });
  for (const repository of ['a', 'a', 'b']) await client.headManifest(repository, 'v1');
  const tokens = registry.requests.filter(({ path }) => path.startsWith('/token'));
  expect(tokens.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('scope'))).toEqual([
    'repository:a:pull',
    'repository:b:pull',
  ]);
  expect(registry.requests.filter(({ authorization }) => authorization?.startsWith('Basic')).length).toBe(2);
});

test('a token is fetched again shortly before it ends', async () => {
  const registry = await registryWith({ auth: { scheme: 'bearer', ...secrets, expiresIn: 100 } });
  registry.addImage('a', 'v1');
  let now = 0;
  const client = clientOf(registry, { credentials: () => secrets, now: () => now });
  const fetched = async (at: number): Promise<number> => {
    now = at;
    await client.headManifest('a', 'v1');
    return registry.requests.filter(({ path }) => path.startsWith('/token')).length;
  };
  expect([await fetched(0), await fetched(89_000), await fetched(91_000)]).toEqual([1, 1, 2]);
});

test('a token that the registry stops taking is replaced once', async () => {
  const registry = await registryWith({ auth: { scheme: 'bearer', ...secrets } });
  registry.addImage('a', 'v1');
  const client = clientOf(registry, { credentials: () => secrets });
  await client.headManifest('a', 'v1');
  const headers = { 'www-authenticate': `Bearer realm="${registry.url}/token",error="invalid_token"` };
  registry.fail({ method: 'HEAD', times: 1, effect: { kind: 'answer', status: 401, headers } });
  await client.headManifest('a', 'v1');
  expect(registry.requests.filter(({ path }) => path.startsWith('/token')).length).toBe(2);
});

test('an identity token is posted in the body and no password is sent', async () => {
  const auth = { scheme: 'bearer', ...secrets, identityToken: 'refresh-me' } as const;
  const registry = await registryWith({ auth });
  registry.addImage('a', 'v1');
  const credentials = () => ({ username: 'robot', password: '', identityToken: 'refresh-me' });
  await clientOf(registry, { credentials }).headManifest('a', 'v1');
  const [post] = registry.requests.filter(({ method }) => method === 'POST');
  expect(Object.fromEntries(new URLSearchParams(post?.body))).toMatchObject({
    grant_type: 'refresh_token',
    refresh_token: 'refresh-me',
    scope: 'repository:a:pull',
  });
});

test('tokens are given to the anonymous where the registry gives them', async () => {
  const registry = await registryWith({ auth: { scheme: 'bearer', ...secrets, anonymous: true } });
  registry.addImage('a', 'v1');
  await clientOf(registry).headManifest('a', 'v1');
});

test('wrong credentials are told apart from none', async () => {
  const registry = await registryWith({ auth: { scheme: 'bearer', ...secrets } });
  const wrong = { username: 'robot', password: 'wrong' };
  await expect(clientOf(registry, { credentials: () => wrong }).headManifest('a', 'v1')).rejects.toThrow(
    'refuses the credentials',
  );
  await expect(clientOf(registry).headManifest('a', 'v1')).rejects.toThrow('gives no token without credentials');
});

test.each([
  [403, 'registry-denied'],
  [404, 'registry-not-found'],
  [418, 'registry-refused'],
  [500, 'registry-server-error'],
])('an answer %i is %s', async (status, code) => {
  const registry = await registryWith();
  registry.fail({ path: '/manifests/', effect: { kind: 'answer', status } });
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1'))).toBe(code);
});

test('what the registry says is quoted without control characters and secrets', async () => {
  const registry = await registryWith({ auth: { scheme: 'basic', ...secrets } });
  const body = JSON.stringify({ errors: [{ code: 'DENIED', message: 'no \u001b[31mhunter2 here' }] });
  registry.fail({ path: '/manifests/', effect: { kind: 'answer', status: 403, body } });
  await expect(clientOf(registry, { credentials: () => secrets }).getManifest('a', 'v1')).rejects.toThrow(
    '(DENIED: no  [31m*** here)',
  );
});

test('429 and 503 are tried again, as late as Retry-After says', async () => {
  const registry = await registryWith();
  registry.addImage('a', 'v1');
  registry.fail({ path: '/manifests/', times: 1, effect: { kind: 'answer', status: 503 } });
  registry.fail({
    path: '/manifests/',
    times: 1,
    effect: { kind: 'answer', status: 429, headers: { 'retry-after': '0' } },
  });
  await clientOf(registry).getManifest('a', 'v1');
  expect(registry.requests.filter(({ path }) => path.includes('/manifests/')).length).toBe(3);
});

test('a Retry-After beyond the limit ends the retries', async () => {
  const registry = await registryWith();
  registry.fail({ path: '/manifests/', effect: { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } } });
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1'))).toBe('registry-rate-limited');
  expect(registry.requests.filter(({ path }) => path.includes('/manifests/')).length).toBe(1);
});

test('a connection that is cut is tried again', async () => {
  const registry = await registryWith();
  registry.addImage('a', 'v1');
  registry.fail({ path: '/manifests/', times: 2, effect: { kind: 'reset' } });
  await clientOf(registry).getManifest('a', 'v1');
});

test('a body that ends early is an error', async () => {
  const registry = await registryWith();
  registry.addImage('a', 'v1');
  registry.fail({ path: '/manifests/', effect: { kind: 'truncate' } });
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1'))).toBe('registry-body-truncated');
});

test('a body that stops coming ends by the idle timeout, or by the deadline', async () => {
  const registry = await registryWith();
  registry.addImage('a', 'v1');
  registry.fail({ path: '/manifests/', effect: { kind: 'stall' } });
  expect(await codeOf(clientOf(registry, { timeouts: { idle: 50 } }).getManifest('a', 'v1'))).toBe('registry-timeout');
  const signal = AbortSignal.timeout(50);
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1', { signal }))).toBe('registry-deadline');
});

test('a body larger than the limit is not read to its end', async () => {
  const registry = await registryWith();
  registry.putManifest('a', 'v1', 'x'.repeat(5 << 20), 'application/json');
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1'))).toBe('registry-body-too-large');
});

test('bytes that do not have the digest are refused, for a digest and for a tag', async () => {
  const registry = await registryWith();
  const digest = registry.addImage('a', 'v1');
  registry.fail({ path: '/manifests/', effect: { kind: 'corrupt' } });
  const client = clientOf(registry);
  expect(await codeOf(client.getManifest('a', digest))).toBe('registry-digest-mismatch');
  expect(await codeOf(client.getManifest('a', 'v1'))).toBe('registry-digest-mismatch');
});

test('HEAD for a digest is refused when the registry names another', async () => {
  const registry = await registryWith();
  const headers = { 'docker-content-digest': `sha256:${'b'.repeat(64)}` };
  registry.fail({ path: '/manifests/', effect: { kind: 'answer', status: 200, headers } });
  expect(await codeOf(clientOf(registry).headManifest('a', `sha256:${'a'.repeat(64)}`))).toBe(
    'registry-digest-mismatch',
  );
});

test('a registry that does not know HEAD is asked by GET', async () => {
  const registry = await registryWith();
  const digest = registry.addImage('a', 'v1');
  registry.fail({ method: 'HEAD', effect: { kind: 'answer', status: 405 } });
  expect((await clientOf(registry).headManifest('a', 'v1')).digest).toBe(digest);
});

test('a redirect to another host takes no authorization along', async () => {
  const storage = await registryWith();
  storage.addImage('a', 'v1');
  const registry = await registryWith({ auth: { scheme: 'basic', ...secrets } });
  const headers = { location: `${storage.url}/v2/a/manifests/v1` };
  registry.fail({ path: '/manifests/', effect: { kind: 'answer', status: 307, headers } });
  await clientOf(registry, { credentials: () => secrets }).getManifest('a', 'v1');
  expect(storage.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
});

test('a redirect on the same host keeps the authorization', async () => {
  const registry = await registryWith({ auth: { scheme: 'basic', ...secrets } });
  registry.addImage('b', 'v1');
  registry.fail({
    path: '/v2/a/manifests/',
    effect: { kind: 'answer', status: 302, headers: { location: '/v2/b/manifests/v1' } },
  });
  await clientOf(registry, { credentials: () => secrets }).getManifest('a', 'v1');
});

test('redirects in a circle end', async () => {
  const registry = await registryWith();
  registry.fail({
    path: '/manifests/',
    effect: { kind: 'answer', status: 307, headers: { location: '/v2/a/manifests/v1' } },
  });
  expect(await codeOf(clientOf(registry).getManifest('a', 'v1'))).toBe('registry-redirect');
  expect(registry.requests.length).toBeLessThan(20);
});

test('tags come page by page', async () => {
  const registry = await registryWith();
  const tags = Array.from({ length: 2500 }, (_, index) => `t${String(index).padStart(4, '0')}`);
  for (const tag of tags) registry.putManifest('a', tag, '{}', 'application/json');
  expect(await Array.fromAsync(clientOf(registry).listTags('a'))).toEqual(tags);
  expect(registry.requests.filter(({ path }) => path.includes('/tags/')).length).toBe(3);
});

test('a page of tags that leads nowhere else, or to another host, ends the list', async () => {
  const registry = await registryWith();
  const page = (link: string) =>
    registry.fail({
      path: '/tags/',
      effect: { kind: 'answer', status: 200, body: '{"tags":["x"]}', headers: { link } },
    });
  page('</v2/a/tags/list?n=1000>; rel="next"');
  expect(await codeOf(Array.fromAsync(clientOf(registry).listTags('a')))).toBe('registry-protocol');
  page('<http://elsewhere.example.com/v2/a/tags/list>; rel="next"');
  expect(await codeOf(Array.fromAsync(clientOf(registry).listTags('a')))).toBe('registry-protocol');
});

test('an error page for /v2/ says that no registry is there', async () => {
  const registry = await registryWith();
  registry.fail({ path: '/v2/', effect: { kind: 'answer', status: 404, body: '<html>' } });
  expect(await codeOf(clientOf(registry).ping())).toBe('registry-not-found');
});

test('nobody at the port is unreachable, and a later ping asks again', async () => {
  const registry = await startRegistry();
  await registry.close();
  const client = new RegistryClient(registry.host, { insecure: true, retry: { attempts: 1 } });
  onTestFinished(() => client.close());
  expect(await codeOf(client.ping())).toBe('registry-unreachable');
  expect(await codeOf(client.ping())).toBe('registry-unreachable');
});
