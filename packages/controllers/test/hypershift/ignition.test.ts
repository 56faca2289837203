import { spawnSync } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { valueAt } from '@pullpath/api';
import { systemClock } from '@pullpath/kube-client';
import { marks } from '@pullpath/pull-config';
import { oracleOrSkip } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { decoded } from '../../src/hypershift/node-pool/secret-data.ts';
import { operatorSecrets } from '../../src/hypershift/resources.ts';
import { ignitionHandler, type LiveObject } from '../../src/index.ts';
import { eventually, find } from '../support/control-plane.ts';
import { putConfigMap, putHostedCluster, putNodePool } from '../support/fixtures.ts';
import { conditionOf, type Fleet, fleetReady, poolOf, startFleet } from '../support/fleet.ts';
import { reference, unified, unifiedName } from '../support/unified.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The endpoint of a fleet on a port of its own. */
async function startEndpoint(fleet: Fleet, now: () => number = Date.now) {
  const clock = { ...systemClock, now };
  const handler = ignitionHandler({
    management: fleet.plane.management,
    report: (error) => fleet.plane.faults.push(error),
    clock,
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return async (headers: Readonly<Record<string, string>>, path = '/ignition'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      });
      asked.on('error', reject).end();
    });
}

async function secretsOf(fleet: Fleet, prefix: string): Promise<readonly LiveObject[]> {
  const { items } = await fleet.client.list(operatorSecrets.resource, { namespace: 'clusters-my-cluster' });
  return items.filter(({ metadata }) => metadata.name.startsWith(prefix));
}

/** Headers as a machine takes them from its user data. */
function headersOf(userData: LiveObject | undefined): Record<string, string> {
  const stub: unknown = JSON.parse(userData ? (decoded(userData, 'value') ?? '') : '');
  const headers = valueAt(stub, ['ignition', 'config', 'merge', 0, 'httpHeaders']) as { name: string; value: string }[];
  return Object.fromEntries(headers.map(({ name, value }) => [name, value]));
}

async function startPool(now: () => number = Date.now): Promise<Fleet> {
  const fleet = await startFleet({}, true, { ...systemClock, now });
  await putConfigMap(fleet.client, unifiedName, unified);
  await putHostedCluster(fleet.client, reference);
  await putNodePool(fleet.client, 'a', { replicas: 1 });
  await fleetReady(fleet, 1);
  return fleet;
}

test('a machine gets the configuration of its pool, and the pool says that it was reached', async (context) => {
  const fleet = await startPool();
  const ask = await startEndpoint(fleet);
  const [userData] = await secretsOf(fleet, 'user-data-a-');
  const headers = headersOf(userData);
  expect(headers).toMatchObject({ NodePool: 'clusters/a', TargetConfigVersionHash: userData?.metadata.name.slice(-8) });
  expect(conditionOf(await poolOf(fleet, 'a'), 'ReachedIgnitionEndpoint')).toMatchObject({ status: 'False' });
  const { status, body } = await ask(headers);
  expect(status).toBe(200);
  expect(body).toContain('/etc/containers/registries.conf');
  await eventually(async () => conditionOf(await poolOf(fleet, 'a'), 'ReachedIgnitionEndpoint')?.['status'] === 'True');
  const validator = oracleOrSkip(context, 'ignition-validate');
  for (const document of [body, decoded(userData as LiveObject, 'value') ?? '']) {
    const result = spawnSync(validator, ['-'], { input: document });
    expect(`${result.status} ${result.stdout.toString()}${result.stderr.toString()}`).toBe('0 ');
  }
});

test('requests without a token that is known are refused as upstream refuses them', async () => {
  const fleet = await startPool();
  const ask = await startEndpoint(fleet);
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: 'Basic abc' })).status).toBe(401);
  expect((await ask({ authorization: 'Bearer ???' })).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${btoa('unknown')}` })).status).toBe(511);
  expect((await ask({}, '/other')).status).toBe(404);
  expect((await ask({}, '/healthz')).status).toBe(200);
});

test('a token is replaced at half of its life, and the old one stays valid', async () => {
  const time = { now: Date.UTC(2030, 0, 1) };
  const fleet = await startPool(() => time.now);
  const before = headersOf((await secretsOf(fleet, 'user-data-a-'))[0]);
  time.now += 5.6 * 3_600_000;
  await fleet.plane.restart();
  const after = await eventually(async () => {
    const headers = headersOf((await secretsOf(fleet, 'user-data-a-'))[0]);
    return headers['Authorization'] !== before['Authorization'] && headers;
  });
  const ask = await startEndpoint(fleet, () => time.now);
  expect([(await ask(before)).status, (await ask(after)).status]).toEqual([200, 200]);
  time.now += 5.6 * 3_600_000;
  await fleet.plane.restart();
  await eventually(async () => {
    const [token] = await secretsOf(fleet, 'token-a-');
    return (
      token !== undefined && btoa(decoded(token, 'old_token') ?? '') === after['Authorization']?.slice('Bearer '.length)
    );
  });
  await fleet.settle();
  const again = await startEndpoint(fleet, () => time.now);
  expect((await again(before)).status).toBe(511);
  expect((await again(after)).status).toBe(200);
});

test('the token of a replaced configuration ends after two hours, its user data at once', async () => {
  const time = { now: Date.UTC(2030, 0, 1) };
  const fleet = await startPool(() => time.now);
  const [first] = await secretsOf(fleet, 'token-a-');
  const before = headersOf((await secretsOf(fleet, 'user-data-a-'))[0]);
  await putHostedCluster(fleet.client);
  await fleet.settle();
  expect((await secretsOf(fleet, 'user-data-a-')).map(({ metadata }) => metadata.name)).not.toContain(
    first?.metadata.name.replace('token', 'user-data'),
  );
  const place = { namespace: 'clusters-my-cluster', name: first?.metadata.name };
  const ended = async () =>
    (await find(fleet.client, operatorSecrets, place))?.metadata.annotations?.[marks.tokenExpiration];
  expect(await ended()).toBe('2030-01-01T02:00:00Z');
  const ask = await startEndpoint(fleet, () => time.now);
  expect((await ask(before)).status).toBe(200);
  time.now += 2 * 3_600_000 + 1_000;
  expect((await ask(before)).status).toBe(511);
  await fleet.plane.restart();
  await eventually(async () => (await secretsOf(fleet, 'token-a-')).length === 1);
});
