import type { Account } from '../model/account.ts';
import type { CallOptions, OcmClient } from './ocm-client.ts';
import { recordOf, textOf } from './read-json.ts';

/** `GET /api/accounts_mgmt/v1/current_account`: whom the token belongs to. */
export async function getCurrentAccount(client: OcmClient, { signal }: CallOptions = {}): Promise<Account> {
  const path = '/api/accounts_mgmt/v1/current_account';
  const account = recordOf(await client.send({ method: 'GET', path, signal }));
  return { ...account, id: textOf(account['id']) ?? '', username: textOf(account['username']) ?? '' };
}
