import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createAuthority, startRegistry, type TestRegistry } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type ProbeOptions, type ProbeTarget, probeAttempts, probeHosts } from '../src/index.ts';

const nothingKnown: Omit<ProbeOptions, 'signal'> = { credentials: () => undefined, trust: () => ({}) };

function tried(reference: string, insecure = true): ProbeTarget {
  return { reference, insecure, outcome: 'tried' };
}

async function started(registry: Promise<TestRegistry>): Promise<TestRegistry> {
  const running = await registry;
  onTestFinished(() => running.close());
  return running;
}

test('every tried attempt is asked, skipped and blocked ones are not', async () => {
  const registry = await started(startRegistry());
  const digest = registry.addImage('mirror/app', 'v1');
  const targets: ProbeTarget[] = [
    tried(`${registry.host}/mirror/app:v1`),
    { ...tried(`${registry.host}/skipped:v1`), outcome: 'skipped' },
    tried(`${registry.host}/missing:v1`),
    { ...tried(`${registry.host}/blocked:v1`), outcome: 'blocked' },
    tried(`${registry.host}/mirror/app@${digest}`),
  ];
  const probes = await probeAttempts(targets, { ...nothingKnown, signal: AbortSignal.timeout(10_000) });
  expect(probes).toEqual([
    { status: 200, ms: expect.any(Number), digest, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
    undefined,
    { status: 404, ms: expect.any(Number), error: expect.objectContaining({ code: 'registry-not-found' }) },
    undefined,
    { status: 200, ms: expect.any(Number), digest, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
  ]);
  const asked = registry.requests.map(({ path }) => path).filter((path) => path.includes('/manifests/'));
  expect(new Set(asked)).toEqual(
    new Set(['/v2/mirror/app/manifests/v1', '/v2/missing/manifests/v1', `/v2/mirror/app/manifests/${digest}`]),
  );
  expect(asked).toHaveLength(3);
});

test('credentials are looked up by repository and authorities by host', async () => {
  const authority = createAuthority();
  const secrets = { username: 'robot', password: 'hunter2' };
  const registry = await started(
    startRegistry({ tls: authority.issue(['127.0.0.1']), auth: { scheme: 'bearer', ...secrets } }),
  );
  registry.addImage('ns/app', 'v1');
  const [probe] = await probeAttempts([tried(`${registry.host}/ns/app:v1`, false)], {
    credentials: (repository) => (repository === `${registry.host}/ns/app` ? secrets : undefined),
    trust: (host) => (host === registry.host ? { authorities: [authority.certificate] } : {}),
    signal: AbortSignal.timeout(10_000),
  });
  expect(probe).toMatchObject({ status: 200 });
});

test('a host that accepts connections and stays silent costs the deadline, and takes nothing from the others', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const registry = await started(startRegistry());
  registry.addImage('app', 'v1');
  const targets = [
    tried(`127.0.0.1:${(silent.address() as AddressInfo).port}/app:v1`, false),
    tried(`${registry.host}/app:v1`),
  ];
  const probes = await probeAttempts(targets, { ...nothingKnown, signal: AbortSignal.timeout(1_000) });
  expect(probes[0]?.error?.code).toBe('registry-deadline');
  expect(probes[1]?.status).toBe(200);
});

test('a deadline ends the probes and says so for each that is left', async () => {
  const registry = await started(startRegistry());
  registry.fail({ effect: { kind: 'delay', ms: 5_000 } });
  const targets = [tried(`${registry.host}/a:v1`), tried(`${registry.host}/b:v1`)];
  const probes = await probeAttempts(targets, { ...nothingKnown, signal: AbortSignal.timeout(100) });
  expect(probes.map((probe) => probe?.error?.code)).toEqual(['registry-deadline', 'registry-deadline']);
});

test('a registry that is down is asked once', async () => {
  const registry = await startRegistry();
  await registry.close();
  const [probe] = await probeAttempts([tried(`${registry.host}/a:v1`)], {
    ...nothingKnown,
    signal: AbortSignal.timeout(10_000),
  });
  expect(probe).toMatchObject({ error: { code: 'registry-unreachable' } });
  expect(probe).not.toHaveProperty('status');
});

test('a host is asked for its registry, and its certificate must be of a trusted authority', async () => {
  const authority = createAuthority();
  const registry = await started(
    startRegistry({
      tls: authority.issue(['127.0.0.1']),
      auth: { scheme: 'bearer', username: 'robot', password: 'hunter2' },
    }),
  );
  const signal = AbortSignal.timeout(10_000);
  const trusted = () => ({ authorities: [authority.certificate] });
  expect(await probeHosts([registry.host], { trust: trusted, signal })).toEqual([
    { status: 401, ms: expect.any(Number) },
  ]);
  expect(await probeHosts([registry.host], { trust: () => ({}), signal })).toMatchObject([
    { error: { code: 'registry-tls', hint: expect.stringContaining('additionalTrustBundle') } },
  ]);
});
