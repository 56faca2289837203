import { CodedError } from '@pullpath/diagnostics';
import {
  type CallOptions,
  type Clock,
  type EventNotice,
  EventRecorder,
  Informer,
  isNotFound,
  type KubeClient,
  KubeError,
  type KubeObject,
  type Resource,
  systemClock,
} from '@pullpath/kube-client';
import { type DesiredConfig, readMachineConfig } from '../config/desired-config.ts';
import { agentAnnotations } from '../steps/annotations.ts';
import { Remembered } from './remembered.ts';

export interface AgentApiOptions {
  readonly client: KubeClient;
  /** The only node that is of interest; all of them unless set. */
  readonly node?: string | undefined;
  /** Which of several processes. */
  readonly instance: string;
  /** Told of every failure; the work goes on. */
  readonly report: (error: unknown, doing: string) => void;
  readonly clock?: Clock | undefined;
}

type NodeHandler = (node: KubeObject | undefined) => void;

/**
 * What agents see of an API server, shared by all that run in a process: one watch of Nodes, each MachineConfig read once.
 * Run it.
 */
export class AgentApi {
  readonly client: KubeClient;
  readonly #nodes: Informer<KubeObject>;
  readonly #recorder: EventRecorder;
  readonly #handlers = new Map<string, NodeHandler>();
  readonly #configs: Remembered<DesiredConfig>;
  readonly #policies: Remembered<KubeObject | undefined>;

  constructor(options: AgentApiOptions) {
    const { client, node, clock = systemClock } = options;
    this.client = client;
    const fieldSelector = node === undefined ? undefined : `metadata.name=${node}`;
    this.#nodes = new Informer({ ...options, resource: nodes, fieldSelector, transform: ofInterest });
    this.#recorder = new EventRecorder({ ...options, component: 'pullpath-agent' });
    this.#configs = new Remembered(clock, { most: 256, ms: Number.POSITIVE_INFINITY });
    this.#policies = new Remembered(clock, { most: 1, ms: policiesMs });
    this.#nodes.store.onChange(({ type, object }) => {
      this.#handlers.get(object.metadata.name ?? '')?.(type === 'deleted' ? undefined : object);
    });
  }

  /** Whether the nodes have been listed once. */
  get isSynced(): boolean {
    return this.#nodes.isSynced;
  }

  /** Follows one Node for its one agent, from what is known of it on. Gives what ends that. */
  onNode(name: string, handler: NodeHandler): () => void {
    this.#handlers.set(name, handler);
    const known = this.#nodes.store.get(name);
    if (known) handler(known);
    return () => void this.#handlers.delete(name);
  }

  /** Changes annotations of a Node; null takes one away. Gives the Node as it is then. */
  async annotate(name: string, annotations: Readonly<Record<string, string | null>>): Promise<KubeObject> {
    const work = this.client.patch(nodes, { name }, 'merge', { metadata: { annotations } }, briefly);
    return ofInterest(await named(`patch nodes ${name}`, work));
  }

  /** A MachineConfig by name; a rendered one never changes. Rejects with a not-found `KubeError`, or `machine-config-unusable`. */
  async config(name: string): Promise<DesiredConfig> {
    return this.#configs.get(name, async () =>
      readMachineConfig(await named(`get machineconfigs ${name}`, this.client.get(machineConfigs, { name }, oneTry))),
    );
  }

  /** `MachineConfiguration/cluster`, which holds the disruption policies; undefined where there is none. */
  async machineConfiguration(): Promise<KubeObject | undefined> {
    return this.#policies.get('cluster', async () => {
      try {
        return await named(
          'get machineconfigurations cluster',
          this.client.get(machineConfigurations, { name: 'cluster' }, oneTry),
        );
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    });
  }

  /** Writes an event on a Node beside the work; never fails. */
  event({ metadata: { name, uid, resourceVersion } }: KubeObject, notice: EventNotice): void {
    this.#recorder.record({ apiVersion: 'v1', kind: 'Node', metadata: { name, uid, resourceVersion } }, notice);
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#nodes.run(signal), this.#recorder.run(signal)]);
  }
}

/** An error of the API says what was asked, which that of an API out of reach, or a token that has expired, does not. */
async function named<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    const { code, message, status, retryAfterMs, hint } = error;
    throw new KubeError(code, `${what}: ${message}`, { status, retryAfterMs, hint, cause: error });
  }
}

/** What a MachineConfig that is not there is called. */
export function configMissing(name: string): CodedError {
  return new CodedError('machine-config-missing', `there is no MachineConfig ${name}`, {
    hint: 'the controller that named it on the Node has to write it first',
  });
}

/** An agent ends within the time of one call. */
export const briefly: CallOptions = { deadlineMs: 10_000 };

/** For reads: agents try again at their own pace, and say at once that the API is away. */
export const oneTry: CallOptions = { ...briefly, retry: false };

export const nodes: Resource = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const machineConfigs: Resource = {
  group: 'machineconfiguration.openshift.io',
  version: 'v1',
  plural: 'machineconfigs',
  kind: 'MachineConfig',
  namespaced: false,
};
const machineConfigurations: Resource = {
  group: 'operator.openshift.io',
  version: 'v1',
  plural: 'machineconfigurations',
  kind: 'MachineConfiguration',
  namespaced: false,
};

const policiesMs = 5_000;
const read = new Set<string>(Object.values(agentAnnotations));

/** The few bytes of a Node that an agent looks at: there may be thousands of them. */
function ofInterest({ metadata: { name, uid, resourceVersion, annotations = {} } }: KubeObject): KubeObject {
  const own = Object.entries(annotations).filter(([key]) => read.has(key));
  return { metadata: { name, uid, resourceVersion, annotations: Object.fromEntries(own) } };
}
