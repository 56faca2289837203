import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { OcmError } from '../ocm-error.ts';

/** Whom the client believes. */
export interface TrustSettings {
  /** PEM of the authorities that are trusted instead of the system's. */
  readonly trustedCas?: string | undefined;
  /** Takes any certificate. For tests. */
  readonly insecure?: boolean | undefined;
}

/** The connections of a client, kept between requests. */
export interface Agents {
  readonly 'http:': PlainAgent;
  readonly 'https:': SecureAgent;
  close(): void;
}

// As many as Terraform runs operations at a time, and some.
const mostSockets = 16;

/** Opens nothing yet. Proxies of the environment (HTTPS_PROXY, NO_PROXY) count. */
export function createAgents({ trustedCas, insecure }: TrustSettings): Agents {
  const common = { keepAlive: true, maxSockets: mostSockets, timeout: 60_000, proxyEnv: process.env };
  const plain = new PlainAgent(common);
  const secure = new SecureAgent({
    ...common,
    rejectUnauthorized: insecure !== true,
    ...(trustedCas === undefined ? {} : { ca: trustedCas }),
  });
  const close = (): void => {
    plain.destroy();
    secure.destroy();
  };
  return { 'http:': plain, 'https:': secure, close };
}

/** Where a URL of the settings leads: scheme, host and port alone count, as for the published SDK. */
export function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new OcmError('ocm-settings', `can't parse URL '${text}' for prefix '': it must be an http or https URL`, {
      hint: 'like https://api.openshift.com, or what `pullpath serve --ocm-listen` prints',
    });
  return new URL(url.origin);
}
