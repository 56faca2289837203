import { randomBytes, randomUUID } from 'node:crypto';
import {
  accessSeconds,
  createSecret,
  issueAccessToken,
  issueRefreshToken,
  openAuthDirectory,
  refreshSeconds,
} from '@pullpath/ocm-api';
import type { OcmFlags, TokenFlags } from '../commands/ocm.ts';
import { authDirectory } from '../control-plane/start-ocm.ts';
import { exitCodes } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';

/** `pullpath ocm token create`: a token alone on stdout. */
export function createToken({ dataDir, name, clusters, ttl, refresh = false }: TokenFlags): number {
  const { key } = openAuthDirectory(authDirectory(dataDir));
  const lifetimeSeconds = ttl ?? (refresh ? refreshSeconds : accessSeconds);
  const terms = { now: Math.floor(Date.now() / 1000), lifetimeSeconds, id: randomUUID() };
  const issue = refresh ? issueRefreshToken : issueAccessToken;
  process.stdout.write(`${issue(key, { username: checkedName(name), clusters }, terms)}\n`);
  return exitCodes.done;
}

/** `pullpath ocm account create`: id and secret as JSON; the secret is kept nowhere. */
export function createAccount(name: string, { dataDir, clusters }: OcmFlags): number {
  const directory = openAuthDirectory(authDirectory(dataDir));
  const { secret, secretDigest } = createSecret();
  const words = checkedName(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const clientId = `${words === '' ? 'account' : words}-${randomBytes(4).toString('hex')}`;
  directory.save({ clientId, name, secretDigest, clusters });
  const tokenUrl = directory.tokenUrl();
  const account = { client_id: clientId, client_secret: secret, name, ...(tokenUrl ? { token_url: tokenUrl } : {}) };
  process.stdout.write(`${JSON.stringify(account, null, 2)}\n`);
  return exitCodes.done;
}

function checkedName(name: string): string {
  if (/^[\w.@-]{1,64}$/.test(name)) return name;
  throw new UsageError(`a name has up to 64 letters, digits and . _ @ -, not ${JSON.stringify(name)}`);
}
