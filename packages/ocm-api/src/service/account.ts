import type { Account } from '../model/account.ts';
import type { Call } from './call.ts';
import { ok, type ServiceAnswer } from './http.ts';
import { derivedId } from './image-mirrors/derived-id.ts';
import type { Route } from './routes.ts';

/** accounts_mgmt, as far as clients of image mirrors ask for it. */
export const accountRoutes: readonly Route[] = [
  { path: '/api/accounts_mgmt/v1/current_account', methods: { GET: currentAccount } },
];

async function currentAccount({ grantee: { username } }: Call): Promise<ServiceAnswer> {
  const id = derivedId('account', 'account', username, 0);
  const organization = { kind: 'Organization', id: 'pullpath', external_id: 'pullpath', name: 'pullpath' };
  const account = { kind: 'Account', id, href: `/api/accounts_mgmt/v1/accounts/${id}`, username, organization };
  return Promise.resolve(ok(account satisfies Account));
}
