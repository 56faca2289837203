import type { Source } from '@pullpath/kube-client';
import type { ApiCluster } from '../manager/api-cluster.ts';
import type { Guests } from '../manager/guests.ts';
import type { Watched } from '../manager/watched.ts';

/**
 * Keys for hosted clusters whose API comes, has been read, or goes; of the control plane's namespace unless set. Nobody
 * waits for one that does not answer: `readyGuest` tells whether its objects are there.
 */
export function guestArrivals(
  guests: Guests,
  watched: readonly Watched[],
  keysOf: (namespace: string) => readonly string[] = (namespace) => [namespace],
): Source {
  return {
    synced: () => Promise.resolve(true),
    feed: (queue) => {
      const ended = new AbortController();
      const add = (namespace: string): void => {
        for (const key of keysOf(namespace)) queue.add(key);
      };
      const stop = guests.onChange((namespace, api) => {
        add(namespace);
        if (api) void allSynced(api, watched, ended.signal).then(() => add(namespace));
      });
      return () => {
        stop();
        ended.abort();
      };
    },
  };
}

/** The API of a hosted cluster when everything that is watched there has been read, else why not. */
export function readyGuest(
  guests: Guests,
  namespace: string,
  watched: readonly Watched[],
): { readonly api?: ApiCluster; readonly reason?: string } {
  const api = guests.get(namespace);
  if (!api) return { reason: `the API of the hosted cluster is not known: no Secret admin-kubeconfig in ${namespace}` };
  if (watched.every((each) => api.watch(each).isSynced)) return { api };
  return { reason: 'the API of the hosted cluster does not answer' };
}

async function allSynced(api: ApiCluster, watched: readonly Watched[], signal: AbortSignal): Promise<void> {
  await Promise.all(watched.map(async (each) => api.watch(each).synced(signal)));
}
