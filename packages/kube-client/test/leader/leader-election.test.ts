import type { FakeClock } from '@pullpath/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type KubeClient, type Lease, leases, type Outcome, runForLeader } from '../../src/index.ts';
import { aborted } from '../../src/time/clock.ts';
import { clientOf, type Started, start } from '../start.ts';

const place = { namespace: 'kube-system', name: 'pullpath' };
const leasePath = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/pullpath';

interface Candidate {
  readonly leading: boolean;
  readonly outcome: Outcome | undefined;
  readonly reports: readonly string[];
  readonly stop: () => void;
}

/** A candidate whose work lasts until its signal. */
function candidate({ client, clock }: { client: KubeClient; clock: FakeClock }, identity: string): Candidate {
  const state = { leading: false, outcome: undefined as Outcome | undefined, reports: [] as string[] };
  const controller = new AbortController();
  const lead = async (signal: AbortSignal): Promise<void> => {
    state.leading = true;
    await aborted(signal);
    state.leading = false;
  };
  const report = (error: unknown, doing: string): void => void state.reports.push(`${doing}: ${String(error)}`);
  void runForLeader({ ...place, client, identity, lead, report, clock, random: () => 0 }, controller.signal).then(
    (outcome) => {
      state.outcome = outcome;
    },
  );
  onTestFinished(() => controller.abort());
  return Object.assign(state, { stop: () => controller.abort() });
}

function leaseOf({ server }: Started): NonNullable<Lease['spec']> {
  const answer = server.objects.history.list((path) => path.includes('/leases//')).at(0);
  return (answer as unknown as Lease).spec!;
}

test('the first candidate leads, and its lease says so', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  expect(leaseOf(started)).toEqual({
    holderIdentity: 'one',
    leaseDurationSeconds: 15,
    acquireTime: '2030-01-01T00:00:00.000000Z',
    renewTime: '2030-01-01T00:00:00.000000Z',
    leaseTransitions: 0,
  });
  await started.clock.until(() => leaseOf(started).renewTime === '2030-01-01T00:00:04.000000Z');
  expect(leaseOf(started).acquireTime).toBe('2030-01-01T00:00:00.000000Z');
});

test('a leader that stops ends its work, then releases the lease, and the next one leads at once', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  const two = candidate(started, 'two');
  await started.clock.until(() => started.server.requests.length > 6);
  one.stop();
  const before = started.clock.monotonic();
  await started.clock.until(() => two.leading);
  expect(one).toMatchObject({ leading: false, outcome: 'stopped' });
  expect(started.clock.monotonic() - before).toBeLessThan(3_000);
  expect(leaseOf(started)).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
});

test('the lease of a leader that is gone is taken after it was not renewed for its duration, not sooner', async () => {
  const started = await start();
  started.server.put(leasePath, {
    spec: { holderIdentity: 'gone', leaseDurationSeconds: 15, renewTime: '2000-01-01T00:00:00.000000Z' },
  });
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  expect(started.clock.monotonic()).toBeGreaterThanOrEqual(15_000);
  expect(started.clock.monotonic()).toBeLessThan(18_000);
});

test('jumps of the calendar neither take a lease nor lose one', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  const two = candidate(started, 'two');
  for (const days of [400, -800, 30]) {
    started.clock.jump(days * 86_400_000);
    const until = started.clock.monotonic() + 30_000;
    await started.clock.until(() => started.clock.monotonic() >= until);
  }
  expect([one.leading, two.leading]).toEqual([true, false]);
});

test('a leader that cannot renew stops before anyone else may lead', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  const renewals = started.server.requests.length;
  await started.clock.until(() => started.server.requests.length > renewals);
  started.server.fail({ effect: { kind: 'hang' } });
  const since = started.clock.monotonic();
  await started.clock.until(() => one.outcome !== undefined);
  expect(one).toMatchObject({ leading: false, outcome: 'lost' });
  expect(started.clock.monotonic() - since).toBeLessThanOrEqual(10_000);
  expect(one.reports.length).toBeGreaterThanOrEqual(2);
});

test('a leader survives a restart of the server that is shorter than its deadline', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  await started.server.stop();
  await started.clock.until(() => one.reports.length >= 2);
  await started.server.start();
  const { renewTime } = leaseOf(started);
  await started.clock.until(() => leaseOf(started).renewTime !== renewTime);
  expect(one).toMatchObject({ leading: true, outcome: undefined });
});

test('a leader whose lease was taken is told at its next renewal', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  started.server.put(leasePath, { spec: { holderIdentity: 'other', leaseDurationSeconds: 15 } });
  await started.clock.until(() => one.outcome !== undefined);
  expect(one.outcome).toBe('lost');
  expect(started.clock.monotonic()).toBeLessThan(5_000);
});

test('a renewal that was carried out without an answer is no loss', async () => {
  const started = await start();
  const one = candidate(started, 'one');
  await started.clock.until(() => one.leading);
  started.server.fail({ method: 'PUT', times: 2, effect: { kind: 'cut', carriedOut: true } });
  const until = started.clock.monotonic() + 20_000;
  await started.clock.until(() => started.clock.monotonic() >= until);
  expect(one).toMatchObject({ leading: true, outcome: undefined });
});

test('of several candidates one leads at a time, through crashes of the server', async () => {
  const started = await start();
  const candidates = ['a', 'b', 'c'].map((identity) =>
    candidate({ client: clientOf(started.server.url, { clock: started.clock }), clock: started.clock }, identity),
  );
  const leaders = (): number => candidates.filter(({ leading }) => leading).length;
  for (let round = 0; round < 3; round++) {
    const until = started.clock.monotonic() + 20_000;
    await started.clock.until(() => {
      expect(leaders()).toBeLessThanOrEqual(1);
      return started.clock.monotonic() >= until;
    });
    if (round === 1) await started.server.stop();
    if (round === 1) await started.server.start();
  }
  expect(leaders()).toBe(1);
});

test('renewals go through while another client has filled its connections', async () => {
  const started = await start();
  const leaseClient = clientOf(started.server.url, { clock: started.clock });
  const one = candidate({ client: leaseClient, clock: started.clock }, 'one');
  await started.clock.until(() => one.leading);
  started.server.fail({ path: '/configmaps', effect: { kind: 'hang' } });
  const busy = new AbortController();
  const calls = Array.from({ length: 50 }, async () =>
    started.client.raw('/api/v1/configmaps', { signal: busy.signal }).catch(() => 0),
  );
  const { renewTime } = leaseOf(started);
  await started.clock.until(() => leaseOf(started).renewTime !== renewTime);
  expect(started.clock.monotonic()).toBeLessThan(5_000);
  busy.abort();
  await Promise.all(calls);
});

test('work that ends by itself ends the lead, and what it throws comes out', async () => {
  const { client, clock, ...started } = await start();
  const options = { ...place, client, clock, identity: 'one', report: () => undefined };
  const signal = new AbortController().signal;
  expect(await runForLeader({ ...options, lead: async () => undefined }, signal)).toBe('done');
  expect(leaseOf({ client, clock, ...started }).holderIdentity).toBe('');
  const failing = runForLeader({ ...options, lead: async () => Promise.reject(new Error('broken')) }, signal);
  await expect(failing).rejects.toThrow('broken');
});

test('terms that cannot be kept are refused', async () => {
  const { client } = await start();
  const options = { ...place, client, identity: 'one', lead: async () => undefined, report: () => undefined };
  const signal = new AbortController().signal;
  await expect(runForLeader({ ...options, leaseDurationMs: 10_000 }, signal)).rejects.toThrow('must last longer');
  await expect(runForLeader({ ...options, retryPeriodMs: 9_000 }, signal)).rejects.toThrow('must last longer');
});

test('the lease client is an ordinary client of leases', async () => {
  const started = await start();
  await started.client.create(leases, { metadata: place, spec: { holderIdentity: 'x' } });
  expect((await started.client.get(leases, place)).spec?.holderIdentity).toBe('x');
});
