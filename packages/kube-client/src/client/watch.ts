import type { KubeObject } from '../objects/object.ts';
import { collectionPath, type Resource } from '../objects/resource.ts';
import { Deadline } from '../time/deadline.ts';
import { readLines } from '../transport/lines.ts';
import { KubeError } from './kube-error.ts';
import type { WatchOptions } from './options.ts';
import type { Call, Sender } from './sender.ts';
import { parseWatchEvent, type WatchEvent } from './watch-event.ts';

/** Bookmarks come about once a minute; twice that without a byte is a dead connection. */
export const defaultIdleMs = 120_000;
const longestLineBytes = 32 * 2 ** 20;

/**
 * The events of one connection. Ends when the server ends it. Throws `kube-timeout` after `idleMs` without a byte, the error
 * of an ERROR event, and `kube-protocol` for a line that is no event.
 */
export async function* watch<T extends KubeObject>(
  sender: Sender,
  resource: Resource<T>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>> {
  const { idleMs = defaultIdleMs, onBytes, signal } = options;
  const idle = new Deadline(sender.clock, idleMs, signal);
  try {
    const response = await sender.stream(callOf(resource, options), idle.signal);
    const touch = (): void => {
      idle.touch();
      onBytes?.();
    };
    touch();
    for await (const line of readLines(response.body, longestLineBytes, touch)) yield parseWatchEvent<T>(line);
  } catch (error) {
    throw idle.expired ? silent(resource, idleMs, error) : error;
  } finally {
    // Also when the reader stops early: nothing of the exchange may stay behind.
    idle.abort();
  }
}

function callOf(resource: Resource, options: WatchOptions): Call {
  const { labelSelector, fieldSelector, resourceVersion, sendInitialEvents, timeoutSeconds } = options;
  return {
    verb: 'watch',
    resource: resource.plural,
    method: 'GET',
    path: collectionPath(resource, options.namespace),
    query: {
      watch: 'true',
      allowWatchBookmarks: 'true',
      labelSelector,
      fieldSelector,
      resourceVersion,
      timeoutSeconds: timeoutSeconds === undefined ? undefined : String(timeoutSeconds),
      ...(sendInitialEvents ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' } : {}),
    },
  };
}

function silent({ plural }: Resource, idleMs: number, cause: unknown): KubeError {
  return new KubeError('kube-timeout', `a watch of ${plural} got nothing for ${idleMs} ms`, { cause });
}
