import type { OriginPlace } from '@pullpath/api';
import type { PolicyDecision } from '../policy/evaluate.ts';

/** Where one pull goes and why, as plain JSON data. The names are a contract of the command line; nothing in it is secret. */
export interface Explanation {
  readonly image: string;
  /** The full reference that the pull means; null when the text is no reference. */
  readonly normalized: string | null;
  readonly kind: 'tag' | 'digest';
  readonly runtime: string;
  /** The table that decides; `scope` is its prefix, else its location. */
  readonly matched: { readonly scope: string; readonly origins: readonly OriginPlace[] } | null;
  readonly attempts: readonly ExplainedAttempt[];
  /** `scope` is null where nothing was looked up. */
  readonly policy: { readonly decision: PolicyDecision; readonly scope: string | null };
  /** True when some attempt is tried and the policy does not reject. */
  readonly ok: boolean;
  /** One or two plain sentences. */
  readonly verdict: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** One place where the runtime looks, in its order. */
export interface ExplainedAttempt {
  readonly reference: string;
  readonly mirror: boolean;
  readonly insecure: boolean;
  readonly outcome: 'tried' | 'skipped' | 'blocked';
  readonly reason?: string;
  /** The rule that asks for this mirror; of a source that is blocked, the one that blocks it. */
  readonly origin?: OriginPlace;
  /** The key of the credentials that are sent; null when none are. */
  readonly credentials?: string | null;
  /** The file that holds them. */
  readonly credentialsFile?: string;
  /** The program `docker-credential-NAME` that is asked for them. */
  readonly credentialHelper?: string;
  /** The certificate authority, or the directory of several, trusted beside the system's; null when there is none. */
  readonly ca?: string | null;
  readonly probe?: AttemptProbe;
}

/** What the registry answered. `status` is absent when it did not answer at all. */
export interface AttemptProbe {
  readonly status?: number;
  /** How long it took; the one value that differs from run to run. */
  readonly ms?: number;
  readonly digest?: string;
  readonly mediaType?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}
