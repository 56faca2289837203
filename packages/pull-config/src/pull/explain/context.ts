import type { Origin } from '@pullpath/api';
import type { CertFile } from '../certs.ts';
import type { AuthFile } from '../credentials/auth-file.ts';
import type { Policy } from '../policy/model.ts';
import type { PolicyReading } from '../policy/parse.ts';

/** What a runtime does with one image: the plan of `resolvePull` for CRI-O and podman; other runtimes give the same. */
export interface PullRoute {
  readonly image: string;
  /** Set when a short name may mean several images; `attempts` are then those of all of them. */
  readonly candidates?:
    | readonly { readonly normalized: string; readonly attempts: readonly RouteAttempt[] }[]
    | undefined;
  readonly normalized?: string | undefined;
  readonly entry?: { readonly origins: readonly Origin[] } | undefined;
  readonly matchedScope?: string | undefined;
  readonly attempts: readonly RouteAttempt[];
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export interface RouteAttempt {
  readonly reference: string;
  readonly mirror: boolean;
  readonly mirrorOf?: { readonly origins: readonly Origin[] } | undefined;
  readonly insecure: boolean;
  readonly outcome: 'tried' | 'skipped' | 'blocked';
  readonly reason?: string | undefined;
  readonly blockedBy?: { readonly origins: readonly Origin[] } | undefined;
}

/** What is known of the node that pulls. */
export interface PullContext {
  /** `crio`, `podman`, `containerd` ... */
  readonly runtime: string;
  readonly route: (image: string) => PullRoute;
  /** policy.json, absent for runtimes that have none. */
  readonly policy?: PolicyReading<Policy> | undefined;
  /** In the order in which the runtime asks them. */
  readonly authFiles: readonly AuthFile[];
  /** Everything below the `certs.d` directories. */
  readonly certs: readonly CertFile[];
}
