import { X509Certificate } from 'node:crypto';
import { defaultTokenUrl, defaultUrl } from '@pullpath/ocm-api/client';
import { type Diagnostic, error } from '../framework/diagnostic.ts';
import { isUnknown, type ObjectValue, type Value } from '../wire/values.ts';

/** Everything that a connection is made of. */
export interface ConnectionSettings {
  readonly url: string;
  readonly tokenUrl: string;
  /** Access and refresh tokens, in the order in which they were given. */
  readonly tokens: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM, instead of the system's authorities. */
  readonly trustedCas: string | undefined;
  readonly insecure: boolean;
}

/** The settings; or why there are none yet (attributes that are only known after apply); or faults. */
export type SettingsResult =
  | { readonly settings: ConnectionSettings }
  | { readonly unknown: readonly string[] }
  | { readonly faults: readonly Diagnostic[] };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the provider block. A variable counts where the attribute is null, even when the variable is empty. The published
 * provider takes an unknown attribute for an empty text.
 */
export function readSettings(config: ObjectValue, env: Env, published = false): SettingsResult {
  const unknown = Object.keys(config).filter((name) => isUnknown(config[name]));
  if (unknown.length > 0 && !published) return { unknown };
  const settings = settingsOf(
    (name, fallback = '') => setting(config[name], env[`RHCS_${name.toUpperCase()}`], fallback),
    config,
  );
  const faults = [...urlFaults(settings.url), ...caFaults(settings.trustedCas), ...credentialFaults(settings)];
  return faults.length > 0 ? { faults } : { settings };
}

function setting(value: Value | undefined, variable: string | undefined, fallback: string): string {
  if (isUnknown(value)) return '';
  return typeof value === 'string' ? value : (variable ?? fallback);
}

function settingsOf(read: (name: string, fallback?: string) => string, config: ObjectValue): ConnectionSettings {
  return {
    url: read('url', defaultUrl),
    tokenUrl: read('token_url', defaultTokenUrl),
    tokens: [read('token'), read('refresh_token')].filter((token) => token !== ''),
    clientId: read('client_id', 'cloud-services'),
    clientSecret: read('client_secret'),
    trustedCas: read('trusted_cas') || undefined,
    insecure: config['insecure'] === true,
  };
}

function urlFaults(url: string): Diagnostic[] {
  const why =
    url === '' ? 'the URL is empty' : URL.canParse(url) ? undefined : `parse "${url}": invalid URI for request`;
  return why === undefined ? [] : [error(`can't parse URL '${url}' for prefix '': ${why}`, '', ['url'])];
}

function caFaults(pem: string | undefined): Diagnostic[] {
  if (pem === undefined || certificatesOf(pem) > 0) return [];
  return [error("the value of 'trusted_cas' doesn't contain any certificate", caHint, ['trusted_cas'])];
}

const caHint = 'It is the PEM text itself, not a path: use trusted_cas = file("ca.crt").';

function certificatesOf(pem: string): number {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.filter(isCertificate).length;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined || true;
  } catch {
    return false;
  }
}

function credentialFaults({ tokens, clientId, clientSecret }: ConnectionSettings): Diagnostic[] {
  if (tokens.length > 0 || (clientId !== '' && clientSecret !== '')) return [];
  return [
    error(
      noCredentials,
      'Set token, or client_id and client_secret, or RHCS_TOKEN, RHCS_CLIENT_ID and RHCS_CLIENT_SECRET.',
    ),
  ];
}

const noCredentials =
  'either a token, an user name and password or a client identifier and secret are necessary, but none has been provided';
