import type { KubeConnection } from './connection.ts';

/** Whom a client acts as, with the rights of that user and group. */
export interface Impersonated {
  readonly user: string;
  readonly group: string;
}

/** The same connection in the name of another user; whoever it belongs to must be allowed to impersonate. */
export function impersonating(connection: KubeConnection, { user, group }: Impersonated): KubeConnection {
  return {
    ...connection,
    renew: () => connection.renew(),
    async credentials() {
      const { headers, tls } = await connection.credentials();
      return { headers: { ...headers, 'impersonate-user': user, 'impersonate-group': group }, tls };
    },
  };
}
