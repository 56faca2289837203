import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FaultyProxy, type ProxyFault, proxyFaults, startFaultyProxy } from '@pullpath/testkit';
import {
  type Change,
  type ConfigMap,
  compareResourceVersions,
  configMaps,
  Informer,
  type KubeClient,
  pause,
  systemClock,
} from '../../src/index.ts';
import { connect, type KubeConnection } from '../../src/node/index.ts';

export interface ChaosOptions {
  /** Of any API server with an address of the loopback interface, and a namespace `chaos` that is empty. */
  readonly connection: KubeConnection;
  readonly seed: number;
  /** How long objects are changed. */
  readonly seconds: number;
  readonly watchList: boolean;
  /** Spoils the server itself, now and then. */
  readonly spoilServer?: ((random: () => number) => void) | undefined;
}

export interface ChaosResult {
  /** What an observer that believed every change ends with, and what is on the server: `name version`, sorted. */
  readonly observed: readonly string[];
  readonly truth: readonly string[];
  /** Changes that contradict those before them. */
  readonly contradictions: readonly string[];
  readonly changes: number;
  readonly events: number;
  readonly failures: number;
  readonly relists: number;
  /** The most connections of the client at one time. */
  readonly connections: number;
  /** Bytes that the heap grew by in the second half. */
  readonly growth: number;
}

const namespace = 'chaos';

/** Changes objects at random while an informer follows them through a proxy that spoils its connections at random. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const random = seeded(options.seed);
  const direct = connect(options.connection);
  const { hostname, port, protocol } = options.connection.server;
  const proxy = await startFaultyProxy(Number(port), hostname);
  const client = connect(
    { ...options.connection, server: new URL(`${protocol}//127.0.0.1:${proxy.port}`) },
    { attemptMs: 500 },
  );
  const observer = new Observer();
  const informer = new Informer<ConfigMap>({
    client,
    namespace,
    resource: configMaps,
    watchList: options.watchList,
    backoff: { first: 5, longest: 40, resetAfter: 1_000 },
    idleMs: 300,
    resyncMs: 0,
    report: (error, doing) => void (doing.startsWith('handle') && observer.contradictions.push(String(error))),
  });
  informer.store.onChange((change) => observer.see(change));
  const stop = new AbortController();
  const ended = informer.run(stop.signal);
  let connections = 0;
  let changes = 0;
  let halfway: number | undefined;
  const start = performance.now();
  for (let elapsed = 0; elapsed < options.seconds * 1000; elapsed = performance.now() - start) {
    await changeSomething(direct, changes++, random);
    if (random() < 0.05) spoil(proxy, random);
    if (random() < 0.002) proxy.refuse(random() * 300);
    options.spoilServer?.(random);
    if (random() < 0.3) await pause(systemClock, random() * 10);
    connections = Math.max(connections, proxy.connections);
    if (elapsed > options.seconds * 500) halfway ??= liveHeap();
  }
  const truth = stateOf((await direct.list(configMaps, { namespace })).items);
  await settles(() => String(observer.state()) === String(truth) && informer.store.size === truth.length);
  const { events, failures, relists } = informer.metrics();
  stop.abort();
  await ended;
  await Promise.all([client.close(), direct.close()]);
  await proxy.close();
  const { contradictions } = observer;
  const growth = liveHeap() - (halfway ?? 0);
  return { observed: observer.state(), truth, contradictions, changes, events, failures, relists, connections, growth };
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function changeSomething(client: KubeClient, change: number, random: () => number): Promise<void> {
  const place = { namespace, name: `m${Math.floor(random() * 12)}` };
  const isDeletion = random() < 0.25;
  if (!isDeletion)
    await client.apply(configMaps, { metadata: place, data: { change: String(change) } }, { force: true });
  else await client.delete(configMaps, place).catch(() => undefined);
}

function spoil(proxy: FaultyProxy, random: () => number): void {
  proxy.spoil(proxyFaults[Math.floor(random() * proxyFaults.length)] as ProxyFault, random());
}

/** Bytes of the heap that are still in use. */
function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** Believes what it is told, and notes where that cannot be. */
class Observer {
  readonly contradictions: string[] = [];
  readonly #objects = new Map<string, ConfigMap>();

  see(change: Change<ConfigMap>): void {
    const name = change.object.metadata.name ?? '';
    const known = this.#objects.get(name);
    if ((change.type === 'added') === (known !== undefined)) this.#note(change, known);
    if (change.type === 'updated' && (change.old !== known || isOlder(change.object, known))) this.#note(change, known);
    if (change.type === 'deleted') this.#objects.delete(name);
    else this.#objects.set(name, change.object);
  }

  state(): string[] {
    return stateOf([...this.#objects.values()]);
  }

  #note({ type, object }: Change<ConfigMap>, known: ConfigMap | undefined): void {
    const { name, resourceVersion } = object.metadata;
    this.contradictions.push(`${type} ${name} ${resourceVersion} after ${known?.metadata.resourceVersion}`);
  }
}

function isOlder(object: ConfigMap, known: ConfigMap): boolean {
  const [one, other] = [object.metadata.resourceVersion ?? '', known.metadata.resourceVersion ?? ''];
  return (compareResourceVersions(one, other) ?? 0) <= 0;
}

function stateOf(objects: readonly ConfigMap[]): string[] {
  return objects.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort();
}

const patience = 20_000;

async function settles(condition: () => boolean): Promise<void> {
  for (const start = performance.now(); !condition() && performance.now() - start < patience; )
    await pause(systemClock, 20);
}
