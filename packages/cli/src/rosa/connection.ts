import { readFileSync } from 'node:fs';
import { connectOcm, type OcmClient, OcmError } from '@pullpath/ocm-api/client';
import { versionText } from '../version-text.ts';
import { configPath, type OcmConfig, readConfig } from './config-file.ts';
import { RosaFailure } from './failure.ts';

type Env = Readonly<Record<string, string | undefined>>;

const enoughMs = 10 * 60_000;

/** A connection with the tokens of the login; asks for one that lasts ten more minutes, as rosa does. */
export async function connectWithLogin(env: Env): Promise<OcmClient> {
  const config = readConfig(configPath(env));
  if (!config || !hasCredentials(config))
    throw new RosaFailure("Failed to create OCM connection: Not logged in, run the 'rosa login' command");
  const client = connectWith(config, env);
  await freshToken(client);
  return client;
}

/** A connection with a configuration; nothing is sent. */
export function connectWith(config: OcmConfig, env: Env): OcmClient {
  return connectOcm({
    url: config.url,
    tokenUrl: config.token_url,
    tokens: [config.access_token, config.refresh_token].flatMap((token) => (token ? [token] : [])),
    clientId: config.client_id || undefined,
    clientSecret: config.client_secret,
    insecure: config.insecure,
    trustedCas: authoritiesOf(config, env),
    userAgent: `pullpath-rosa/${versionText}`,
  });
}

/** An access token for a while. Rejects with the words of rosa. */
export async function freshToken(client: OcmClient): Promise<string> {
  try {
    return await client.accessToken({ leftMs: enoughMs });
  } catch (error) {
    if (!(error instanceof OcmError)) throw error;
    const text = error.message.includes('invalid_grant')
      ? 'your authorization token needs to be updated. Please login again using rosa login'
      : error.message;
    throw new RosaFailure(`Failed to create OCM connection: ${withHint(text, error.hint)}`, { cause: error });
  }
}

function withHint(text: string, hint: string | undefined): string {
  return hint === undefined ? text : `${text} (${hint})`;
}

function hasCredentials({ access_token, refresh_token, client_id, client_secret }: OcmConfig): boolean {
  return Boolean(access_token || refresh_token || (client_id && client_secret));
}

// SSL_CERT_FILE is where programs in Go, rosa among them, look for authorities.
function authoritiesOf({ trusted_ca }: OcmConfig, env: Env): string | undefined {
  const path = trusted_ca || env['SSL_CERT_FILE'];
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RosaFailure(
      `Failed to read the authorities in '${path}': ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}
