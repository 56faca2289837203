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

/**
 * Asks every `host[:port]` whether a registry answers there, with a certificate that its clients accept. Gives one probe
 * per host in their order; never rejects for what a host does.
 */
export function probeHosts(hosts: readonly string[], options: Omit<ProbeOptions, 'credentials'>): Promise<Probe[]> {
  return Promise.all(
    hosts.map((host) =>
      timed(() =>
        withClient(host, { insecure: false, credentials: undefined }, options, async (client) => {
          const { status } = await client.ping({ signal: options.signal });
          return { status };
        }),
      ),
    ),
  );
}

function probe(target: ProbeTarget, options: ProbeOptions): Promise<Probe> {
  return timed(() => ask(target, options));
}

async function timed(question: () => Promise<Omit<Probe, 'ms'>>): Promise<Probe> {
  const started = performance.now();
  const found = await question();
  return { ...found, ms: Math.round(performance.now() - started) };
}

async function ask({ reference, insecure }: ProbeTarget, options: ProbeOptions): Promise<Omit<Probe, 'ms'>> {
  const parsed = parseNormalizedNamed(reference);
  if (!parsed.ok) return { error: { code: parsed.code, message: parsed.message } };
  const { domain, path, name, tag, digest } = parsed.value;
  const credentials = options.credentials(name);
  return withClient(domain, { insecure, credentials }, options, async (client) => {
    const head = await client.headManifest(path, digest ?? tag ?? 'latest', { signal: options.signal });
    return { status: 200, ...(head.digest ? { digest: head.digest } : {}), mediaType: head.mediaType };
  });
}

async function withClient(
  host: string,
  { insecure, credentials }: { readonly insecure: boolean; readonly credentials: Credentials | undefined },
  { trust, timeouts, proxy }: Omit<ProbeOptions, 'credentials'>,
  question: (client: RegistryClient) => Promise<Omit<Probe, 'ms'>>,
): Promise<Omit<Probe, 'ms'>> {
  try {
    const common = { insecure, timeouts, proxy, retry: patience, credentials: () => credentials };
    const client = new RegistryClient(host, { ...trust(host), ...common });
    try {
      return await question(client);
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
