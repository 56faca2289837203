import { parseNormalizedNamed } from '@pullpath/oci';
import type { Credentials } from './auth/credentials.ts';
import type { ProxySettings } from './http/proxy.ts';
import type { RetryPolicy } from './http/retry.ts';
import type { Timeouts } from './http/transport.ts';
import type { TrustOptions } from './http/trust.ts';
import { RegistryClient } from './registry-client.ts';
import { RegistryError } from './registry-error.ts';

/** The part of an explained attempt that a probe looks at. */
export interface ProbeTarget {
  readonly reference: string;
  readonly insecure: boolean;
  readonly outcome: 'tried' | 'skipped' | 'blocked';
}

/** What a registry answered. `ms` is an observation: it differs from run to run. */
export interface Probe {
  /** Absent when there was no answer. */
  readonly status?: number;
  readonly ms: number;
  readonly digest?: string;
  readonly mediaType?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

export interface ProbeOptions {
  /** For `host[:port]/path`, no tag or digest. */
  readonly credentials: (repository: string) => Credentials | undefined;
  /** Authorities and client certificates for `host[:port]`. */
  readonly trust: (host: string) => TrustOptions;
  /** For everything together. */
  readonly signal: AbortSignal;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly proxy?: ProxySettings | undefined;
}

// A runtime that meets a dead registry goes to the next one; so does a probe.
const patience: Partial<RetryPolicy> = { attempts: 2, longestDelay: 2_000, connections: false };

/**
 * Asks for the manifest of every attempt that is tried, all at once so that one dead registry takes no time from the
 * others, with HEAD and with the credentials and certificates that the runtime would use. Gives one probe per target in
 * their order, undefined for those not tried. Never rejects for what a registry does.
 */
export function probeAttempts(targets: readonly ProbeTarget[], options: ProbeOptions): Promise<(Probe | undefined)[]> {
  return Promise.all(
    targets.map((target) => (target.outcome === 'tried' ? probe(target, options) : Promise.resolve(undefined))),
  );
}

async function probe(target: ProbeTarget, options: ProbeOptions): Promise<Probe> {
  const started = performance.now();
  const found = await ask(target, options);
  return { ...found, ms: Math.round(performance.now() - started) };
}

async function ask({ reference, insecure }: ProbeTarget, options: ProbeOptions): Promise<Omit<Probe, 'ms'>> {
  const parsed = parseNormalizedNamed(reference);
  if (!parsed.ok) return { error: { code: parsed.code, message: parsed.message } };
  const { domain, path, name, tag, digest } = parsed.value;
  try {
    const { credentials, trust, signal, timeouts, proxy } = options;
    const common = { insecure, timeouts, proxy, retry: patience, credentials: () => credentials(name) };
    const client = new RegistryClient(domain, { ...trust(domain), ...common });
    try {
      const head = await client.headManifest(path, digest ?? tag ?? 'latest', { signal });
      return { status: 200, ...(head.digest ? { digest: head.digest } : {}), mediaType: head.mediaType };
    } finally {
      await client.close();
    }
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Omit<Probe, 'ms'> {
  if (!(error instanceof RegistryError)) throw error;
  const { code, message, hint, status } = error;
  return { ...(status === undefined ? {} : { status }), error: { code, message, ...(hint ? { hint } : {}) } };
}
