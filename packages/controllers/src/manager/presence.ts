import { type Clock, isNotFound, type KubeClient, pause, type Resource } from '@pullpath/kube-client';

const againMs = 5_000;

/**
 * Resolves, true, when the server serves a resource, and with the signal, false. `absent` is called when it is found not to
 * (yet); a definition that is installed later counts within seconds. Another failure is told and tried again.
 */
export async function served(
  { client, clock, report }: PresenceOptions,
  resource: Resource,
  absent: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      const page = client.pages(resource, { pageSize: 1, signal, retry: false });
      await page.next();
      await page.return(undefined);
      return true;
    } catch (error) {
      if (isNotFound(error)) absent();
      else if (!signal.aborted) report(error, `list ${resource.plural}`);
    }
    await pause(clock, againMs, signal);
  }
  return false;
}

export interface PresenceOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly report: (error: unknown, doing: string) => void;
}
