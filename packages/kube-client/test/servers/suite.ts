import { type Skippable, soak } from '@pullpath/testkit';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import {
  type ConfigMap,
  configMaps,
  EventRecorder,
  events,
  hasCause,
  Informer,
  isConflict,
  isNotFound,
  isStatus,
  type KubeClient,
  type KubeClientOptions,
  type KubeObject,
  type KubeWarning,
  leases,
  type Outcome,
  pods,
  type Resource,
  runForLeader,
} from '../../src/index.ts';
import { connect, type KubeConnection, loadConnection } from '../../src/node/index.ts';
import { aborted } from '../../src/time/clock.ts';
import { chaos } from '../faults/chaos.ts';

/** An API server that runs, and the path of a kubeconfig of its administrator. */
export interface ServerUnderTest {
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

const patient = { timeout: 10_000 };

const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const budgets: Resource<KubeObject & { spec: object }> = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};

/** What the client relies on, of any API server. The server is started once for all tests. */
export function clientSuite(start: (context: Skippable) => Promise<ServerUnderTest>): void {
  let started: Promise<ServerUnderTest> | undefined;
  let count = 0;
  afterAll(async () => (await started?.catch(() => undefined))?.stop());

  async function connectionOf(context: Skippable): Promise<KubeConnection> {
    started ??= start(context);
    return loadConnection({ path: (await started).kubeconfig });
  }

  /** A client, and a namespace of its own. */
  async function begin(
    context: Skippable,
    options: Partial<KubeClientOptions> = {},
  ): Promise<{ client: KubeClient; namespace: string; connection: KubeConnection }> {
    const connection = await connectionOf(context);
    const client = connect(connection, options);
    onTestFinished(async () => client.close());
    const namespace = `suite-${++count}`;
    await client.create(namespaces, { metadata: { name: namespace } });
    return { client, namespace, connection };
  }

  function follow(client: KubeClient, namespace: string, watchSeconds = 300) {
    const changes: string[] = [];
    const reports: string[] = [];
    const report = (error: unknown): void => void reports.push(String(error));
    const informer = new Informer<ConfigMap>({ client, namespace, resource: configMaps, report, watchSeconds });
    informer.store.onChange(({ type, object }) => void changes.push(`${type} ${object.metadata.name}`));
    const stop = new AbortController();
    const ended = informer.run(stop.signal);
    onTestFinished(async () => {
      stop.abort();
      await ended;
    });
    return { informer, changes, reports };
  }

  test('objects are created, read, changed with and without their version, and deleted', async (context) => {
    const { client, namespace } = await begin(context);
    const where = { namespace, name: 'a' };
    const created = await client.create(configMaps, { metadata: where, data: { key: '1' } });
    await client.update(configMaps, { ...created, data: { key: '2' } });
    await expect(client.update(configMaps, created)).rejects.toSatisfy(isConflict);
    await client.patch(configMaps, where, 'json', [{ op: 'add', path: '/data/other', value: '3' }]);
    await client.patch(configMaps, where, 'strategic', { data: { key: null } });
    expect((await client.get(configMaps, where)).data).toEqual({ other: '3' });
    const { uid = '' } = created.metadata;
    await client.delete(configMaps, where, { preconditions: { uid }, propagation: 'Background' });
    await expect(client.get(configMaps, where)).rejects.toSatisfy(isNotFound);
  });

  test('lists come in pages of one state, and collections can be deleted', async (context) => {
    const { client, namespace } = await begin(context);
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) await client.create(configMaps, { metadata: { namespace, name, labels: { l: name } } });
    const selector = { namespace, labelSelector: 'l' };
    const { items, metadata } = await client.list(configMaps, { ...selector, pageSize: 2 });
    expect(items.map((item) => item.metadata.name)).toEqual(names);
    expect(metadata.resourceVersion).toMatch(/^\d+$/);
    await client.deleteAll(configMaps, { namespace, labelSelector: 'l in (a,b)' });
    expect((await client.list(configMaps, selector)).items).toHaveLength(3);
  });

  test('an apply that changes nothing keeps the version, and a field of another manager is a conflict', async (context) => {
    const { client, namespace } = await begin(context, { fieldManager: 'one' });
    const object = { metadata: { namespace, name: 'a' }, data: { key: '1' } };
    const first = await client.apply(configMaps, object);
    const second = await client.apply(configMaps, object);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    const other = { ...object, data: { key: '2' } };
    const failure: unknown = await client
      .apply(configMaps, other, { fieldManager: 'two' })
      .catch((error: unknown) => error);
    expect([isConflict(failure), hasCause(failure, 'FieldManagerConflict')]).toEqual([true, true]);
    expect((await client.apply(configMaps, other, { fieldManager: 'two', force: true })).data).toEqual({ key: '2' });
  });

  test('unknown fields are warned of', async (context) => {
    const warnings: KubeWarning[] = [];
    const { client, namespace } = await begin(context, { onWarning: (warning) => void warnings.push(warning) });
    const object = { metadata: { namespace, name: 'a' }, dat: {} };
    await client.create(configMaps, object, { fieldValidation: 'Warn', dryRun: true });
    expect(warnings.map(({ text }) => text)).toEqual(['unknown field "dat"']);
  });

  test('a token that is wrong is a 401', async (context) => {
    const connection = await connectionOf(context);
    const { ca } = (await connection.credentials()).tls;
    const credentials = async () => ({ headers: { authorization: 'Bearer wrong' }, tls: { ca } });
    const client = connect({ ...connection, credentials });
    onTestFinished(async () => client.close());
    await expect(client.list(configMaps)).rejects.toSatisfy((error) => isStatus(error, 401, 'Unauthorized'));
  });

  test('an informer begins by watch-list, follows every change, and goes on when the server ends a watch', async (context) => {
    const { client, namespace } = await begin(context);
    await client.create(configMaps, { metadata: { namespace, name: 'a' } });
    const { informer, changes, reports } = follow(client, namespace, 1);
    await expect.poll(() => changes.length, patient).toBe(1);
    expect(client.metrics().some(({ verb }) => verb === 'list')).toBe(false);
    for (let round = 0; round < 20; round++) {
      await client.apply(configMaps, { metadata: { namespace, name: 'b' }, data: { round: String(round) } });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await client.delete(configMaps, { namespace, name: 'a' });
    await expect.poll(() => changes.at(-1), patient).toBe('deleted a');
    expect(changes.slice(0, -1)).toEqual(['added a', 'added b', ...Array.from({ length: 19 }, () => 'updated b')]);
    expect(informer.metrics()).toMatchObject({ lists: 1, relists: 0 });
    expect(informer.metrics().watches).toBeGreaterThanOrEqual(2);
    expect(reports).toEqual([]);
  });

  test('events are written and counted', async (context) => {
    const { client, namespace } = await begin(context);
    const reports: string[] = [];
    const report = (error: unknown): void => void reports.push(String(error));
    const recorder = new EventRecorder({ client, component: 'suite', instance: 'one', report });
    const stop = new AbortController();
    const ended = recorder.run(stop.signal);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'a', uid: 'u' } };
    for (let count = 1; count <= 3; count++) {
      recorder.record(object, { type: 'Warning', reason: 'Broken', message: 'it is' });
      await expect.poll(() => recorder.metrics().written, patient).toBe(count);
    }
    stop.abort();
    await ended;
    const { items } = await client.list(events, { namespace, fieldSelector: 'involvedObject.name=a' });
    expect(items).toMatchObject([{ reason: 'Broken', count: 3, source: { component: 'suite' } }]);
    expect(reports).toEqual([]);
  });

  test('an eviction is blocked by a budget, accepted without it, and then the pod is gone', async (context) => {
    const { client, namespace } = await begin(context);
    const where = { namespace, name: 'p' };
    const labels = { app: 'a' };
    const spec = { containers: [{ name: 'c', image: 'registry.test/app' }], terminationGracePeriodSeconds: 0 };
    await client.create(pods, { metadata: { ...where, labels }, spec } as KubeObject);
    await client.patch(pods, where, 'merge', { status: { phase: 'Running' } }, { subresource: 'status' });
    const budget = { metadata: where, spec: { minAvailable: 1, selector: { matchLabels: labels } } };
    await client.create(budgets, budget);
    expect(await client.evict(where)).toMatchObject({ outcome: 'blocked' });
    await client.delete(budgets, where);
    await expect.poll(async () => (await client.evict(where)).outcome, patient).toBe('accepted');
    await expect.poll(async () => (await client.evict(where)).outcome, patient).toBe('gone');
  });

  test('the lead goes from one candidate to the next', async (context) => {
    const { client, namespace } = await begin(context);
    const leaders: string[] = [];
    const run = (identity: string, signal: AbortSignal): Promise<Outcome> =>
      runForLeader(
        {
          client,
          namespace,
          name: 'lead',
          identity,
          leaseDurationMs: 3_000,
          renewDeadlineMs: 2_000,
          retryPeriodMs: 200,
          report: (error) => expect.fail(String(error)),
          lead: async (leading) => {
            leaders.push(identity);
            await aborted(leading);
          },
        },
        signal,
      );
    const [one, two] = [new AbortController(), new AbortController()];
    const first = run('one', one.signal);
    await expect.poll(() => leaders, patient).toEqual(['one']);
    const second = run('two', two.signal);
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect(leaders).toEqual(['one']);
    one.abort();
    expect(await first).toBe('stopped');
    await expect.poll(() => leaders, patient).toEqual(['one', 'two']);
    expect((await client.get(leases, { namespace, name: 'lead' })).spec).toMatchObject({
      holderIdentity: 'two',
      leaseTransitions: 1,
    });
    two.abort();
    expect(await second).toBe('stopped');
  });

  const seconds = soak ? 300 : 15;

  test('through random faults no event is lost, none comes twice or out of order, and memory stays', {
    timeout: seconds * 2_000 + 60_000,
  }, async (context) => {
    const { client, connection } = await begin(context);
    await client.create(namespaces, { metadata: { name: 'chaos' } });
    for (const seed of [11, 12]) {
      const result = await chaos({ connection, seed, seconds, watchList: seed % 2 === 0 });
      if (soak) console.log({ ...result, observed: result.observed.length, truth: result.truth.length });
      expect(result.observed).toEqual(result.truth);
      expect(result.contradictions).toEqual([]);
      expect(result.failures).toBeGreaterThan(seconds / 5);
      expect(result.connections).toBeLessThanOrEqual(10);
      // The embedded server is in this process, with its history: 20,000 changes.
      expect(result.growth).toBeLessThan(32 * 2 ** 20);
    }
  });
}
