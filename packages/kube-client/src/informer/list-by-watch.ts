import type { KubeClient } from '../client/kube-client.ts';
import { isStatus, KubeError } from '../client/kube-error.ts';
import type { WatchOptions } from '../client/options.ts';
import { type KubeObject, keyOf } from '../objects/object.ts';
import type { Resource } from '../objects/resource.ts';

/** The state of a collection and the version from which a watch goes on. */
export interface ListedState<T extends KubeObject> {
  readonly objects: readonly T[];
  readonly version: string;
}

/** A server that knows watch-list sends its objects at once; one that does not stays silent after them. */
const silenceMs = 10_000;

/**
 * Lists by a watch that begins with all objects (watch-list): no large answer to hold on either side. Undefined when the
 * server does not know it: it refuses with 422, or never sends the bookmark after the objects.
 */
export async function listByWatch<T extends KubeObject>(
  client: KubeClient,
  resource: Resource<T>,
  options: WatchOptions,
): Promise<ListedState<T> | undefined> {
  const { namespace, labelSelector, fieldSelector, onBytes, signal } = options;
  const selection = { namespace, labelSelector, fieldSelector };
  try {
    return await collect(
      client.watch(resource, { ...selection, onBytes, signal, sendInitialEvents: true, idleMs: silenceMs }),
    );
  } catch (error) {
    if (isStatus(error, 422) || isStatus(error, 400) || isSilence(error)) return undefined;
    throw error;
  }
}

async function collect<T extends KubeObject>(
  events: ReturnType<KubeClient['watch']>,
): Promise<ListedState<T> | undefined> {
  const objects = new Map<string, T>();
  for await (const event of events) {
    if (event.type === 'DELETED') objects.delete(keyOf(event.object));
    else if (event.type !== 'BOOKMARK') objects.set(keyOf(event.object), event.object as T);
    else if (event.initialEventsEnd) return { objects: [...objects.values()], version: event.resourceVersion };
  }
  throw new KubeError('kube-protocol', 'a watch-list ended before all objects had come');
}

function isSilence(error: unknown): boolean {
  return error instanceof KubeError && error.code === 'kube-timeout';
}
