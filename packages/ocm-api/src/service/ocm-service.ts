import { type Clock, TokenBucket } from '@pullpath/kube-client';
import type { AccountStore } from '../auth/accounts.ts';
import type { SigningKey } from '../auth/signing-key.ts';
import type { ClusterStore } from '../hosted-clusters/cluster-store.ts';
import { endPause } from './end-pause.ts';
import { type PauseEnds, pauseEnds } from './pause-ends.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';
import { createTurns, type Turns } from './turns.ts';

export interface OcmServiceOptions {
  readonly store: ClusterStore;
  readonly accounts: AccountStore;
  readonly key: SigningKey;
  readonly clock: Clock;
  /** A UUID that nothing has yet. */
  readonly newId: () => string;
  /** Whether mirrors of type `tag` are offered, an extension. */
  readonly tagMirrors?: boolean | undefined;
  /** Milliseconds without another edit before a rollout begins, 2,000 unless set; 0 for at once. */
  readonly debounceMs?: number | undefined;
  /** Failures that the caller is not told of. */
  readonly report: (error: unknown) => void;
}

/** The service behind `handleOcmRequest`; it keeps nothing but turns, limits and timers, all else is in the store. */
export interface OcmService extends Omit<OcmServiceOptions, 'tagMirrors' | 'debounceMs'> {
  readonly tagMirrors: boolean;
  readonly debounceMs: number;
  readonly turns: Turns;
  /** `stop` it with the service. */
  readonly pauses: PauseEnds;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tokenRequests: RateLimit;
  readonly tokenFailures: RateLimit;
}

export function createOcmService(options: OcmServiceOptions): OcmService {
  const { clock, tagMirrors = false, debounceMs = 2_000, report } = options;
  const service: OcmService = {
    ...options,
    tagMirrors,
    debounceMs,
    turns: createTurns(),
    pauses: pauseEnds(clock, (id) => endPause(service, id), report),
    now: () => clock.now(),
    // Enough for a fleet of runs behind one address; too little to try secrets.
    tokenRequests: rateLimit(() => new TokenBucket(10, 100, clock)),
    tokenFailures: rateLimit(() => new TokenBucket(0.2, 10, clock)),
  };
  return service;
}
