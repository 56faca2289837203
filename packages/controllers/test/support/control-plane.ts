import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from '@pullpath/api';
import { inProcess, type OpenServer, openServer } from '@pullpath/apiserver';
import { type Clock, KubeClient, type Place, systemClock } from '@pullpath/kube-client';
import { onTestFinished } from 'vitest';
import {
  ApiCluster,
  type ControllerDefinition,
  type ControllerSettings,
  Guests,
  type LiveObject,
  runControllers,
  type Watched,
} from '../../src/index.ts';
import { hostedApis } from './hosted-apis.ts';

/** One request that changes something, as the server got it. */
export interface SeenWrite {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** An embedded server that controllers work on in this process, as in `serve`. */
export interface TestControlPlane {
  readonly server: OpenServer;
  readonly management: ApiCluster;
  readonly guests: Guests;
  /** An administrator's client; of a hosted cluster when its control-plane namespace is given. */
  client(cluster?: string): KubeClient;
  /** What the controllers wrote since the last call. */
  writes(): readonly SeenWrite[];
  /** How often they wrote since the start. */
  readonly written: number;
  /** Whether no controller has a key to work on. */
  readonly isIdle: boolean;
  readonly faults: unknown[];
  /** Ends the controllers and starts new ones with empty caches. */
  restart(): Promise<void>;
  /** After that many more writes nothing that the controllers send arrives, as if their process had been killed. */
  killAfter(writes: number): void;
  /** The controllers are forbidden what has this in its path; undefined ends that. */
  forbid(path: string | undefined): void;
  stop(): Promise<void>;
}

export interface TestOptions {
  readonly definitions: readonly ControllerDefinition[];
  readonly settings?: Partial<ControllerSettings>;
  readonly guestApis?: boolean;
  /** A client for the text of a kubeconfig; that of the logical cluster of this name unless set. */
  readonly connect?: (kubeconfig: string) => KubeClient;
  /** The machine's own unless set. */
  readonly clock?: Clock;
}

export async function startControlPlane(options: TestOptions): Promise<TestControlPlane> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pullpath-controllers-'));
  const faults: unknown[] = [];
  const report = (error: unknown): void => void faults.push(error);
  const server = await openServer({ dataDir, host: '127.0.0.1', port: 0, kinds: stored, report });
  const seen: SeenWrite[] = [];
  const life: Life = { writesLeft: Number.POSITIVE_INFINITY, written: 0 };
  const running = { current: run(server, options, { seen, life, report }) };
  const stop = async (): Promise<void> => running.current.stop();
  onTestFinished(async () => {
    await stop();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  return {
    server,
    get management() {
      return running.current.management;
    },
    get guests() {
      return running.current.guests;
    },
    client: (cluster) =>
      new KubeClient({ transport: inProcess(server.api, cluster === undefined ? {} : { cluster, as: admin }) }),
    writes: () => seen.splice(0),
    get written() {
      return life.written;
    },
    get isIdle() {
      return running.current.isIdle();
    },
    faults,
    stop,
    async restart() {
      await stop();
      life.writesLeft = Number.POSITIVE_INFINITY;
      running.current = run(server, options, { seen, life, report });
    },
    forbid(path) {
      life.forbidden = path;
    },
    killAfter(writes) {
      life.writesLeft = writes;
    },
  };
}

const stored = kinds.filter(({ group }) => group.endsWith('openshift.io') && group !== 'mirror.openshift.io');
const admin = { commonName: 'kubernetes-admin', organizations: ['system:masters'] };
const guestWriter = { commonName: 'system:hosted-cluster-config', organizations: ['system:masters'] };

interface Life {
  writesLeft: number;
  written: number;
  forbidden?: string | undefined;
}

interface Outside {
  readonly seen: SeenWrite[];
  readonly life: Life;
  readonly report: (error: unknown, doing: string) => void;
}

function run(
  server: OpenServer,
  { definitions, settings = {}, guestApis = true, clock = systemClock, connect: connectTo }: TestOptions,
  { seen, life, report }: Outside,
) {
  const stop = new AbortController();
  const clientOf = (cluster?: string): KubeClient => {
    const transport = inProcess(server.api, cluster === undefined ? {} : { cluster, as: guestWriter });
    return new KubeClient({
      transport: {
        ...transport,
        send: (request) => {
          const isWrite = request.method !== 'GET';
          if (life.writesLeft <= 0) return Promise.reject(new Error('the process is dead'));
          if (life.forbidden !== undefined && request.path.includes(life.forbidden))
            return Promise.resolve(forbidden());
          if (isWrite) {
            life.writesLeft--;
            life.written++;
          }
          if (isWrite)
            seen.push({ method: request.method, path: `${cluster ?? ''}${request.path}`, body: request.body ?? '' });
          return transport.send(request);
        },
      },
    });
  };
  const common = { component: 'test', instance: 'test', report };
  const management = new ApiCluster({ ...common, name: '', client: clientOf() });
  const connect = (kubeconfig: string): Promise<KubeClient> => Promise.resolve((connectTo ?? clientOf)(kubeconfig));
  const guests = new Guests({ ...common, management, connect });
  const context = { management, guests, clock, report, settings };
  const all = [...definitions, ...(guestApis ? [hostedApis(server)] : [])];
  const { ended, controllers } = runControllers(all, context, stop.signal);
  const isIdle = (): boolean =>
    [...controllers.values()].every((controller) => {
      const { depth, processing } = controller.metrics().queue;
      return depth === 0 && processing === 0;
    });
  return {
    isIdle,
    management,
    guests,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

function forbidden() {
  const message = 'configmaps is forbidden: User "operator" cannot list resource "configmaps" in API group ""';
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'Forbidden', code: 403 };
  return {
    status: 403,
    headers: { get: (name: string) => (name === 'content-type' ? 'application/json' : undefined) },
    body: (async function* () {
      yield Buffer.from(JSON.stringify(status));
    })(),
  };
}

/** Waits until a condition holds, and gives what it gives. Throws when it does not hold in time, with what is seen then. */
export async function eventually<T>(look: () => Promise<T | undefined | false>, limitMs = 25_000): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`does not hold within ${limitMs} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Turns of the event loop after which what was on its way has come: everything is in this process, so a busy machine slows all of it. */
const turns = 150;

/** Whoever acts beside the controllers, in rounds. */
export interface Others {
  /** Rounds that have ended. */
  readonly rounds: number;
  /** How often they did anything. */
  readonly acts: number;
}

const nobody: Others = { rounds: Number.POSITIVE_INFINITY, acts: 0 };

/** Waits until no controller has work, nothing is on its way, and the others had nothing to do in whole rounds since. */
export async function settled(plane: TestControlPlane, others: Others = nobody): Promise<void> {
  const state = (): string => `${plane.written} ${others.acts} ${plane.isIdle}`;
  let [quiet, since, last] = [0, others.rounds, ''];
  while (quiet < turns || others.rounds < since + 2) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet++;
    if (plane.isIdle && state() === last) continue;
    [quiet, since, last] = [0, others.rounds, state()];
  }
}

/** The object, or undefined where there is none. */
export async function find(client: KubeClient, { resource }: Watched, place: Place): Promise<LiveObject | undefined> {
  const list = await client.list(resource, place.namespace === undefined ? {} : { namespace: place.namespace });
  return list.items.find(({ metadata }) => metadata.name === place.name);
}
