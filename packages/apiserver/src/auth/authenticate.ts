import type { User } from '../http/exchange.ts';
import { clusterReader } from '../rest/cluster-reader.ts';
import { unauthorized } from '../status/status.ts';
import type { Store } from '../store/store.ts';
import { userOfToken } from './bearer-tokens.ts';
import type { ServiceAccountKey } from './service-account-key.ts';
import { userOfServiceAccountToken } from './service-account-token.ts';

/** What authentication needs from around it. */
export interface Authentication {
  readonly store: Store;
  readonly key: ServiceAccountKey;
  now(): Date;
}

/** What a request shows of who sends it. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization?: string | undefined;
  /** Subject of a client certificate that the server's CA has signed: CN and every O. */
  readonly certificate?: { readonly commonName: string; readonly organizations: readonly string[] } | undefined;
}

/** The user of a request to a logical cluster: by certificate, issued token or ServiceAccount token. Throws `ApiError` 401: nobody is anonymous. */
export function authenticate(auth: Authentication, cluster: string, credentials: Credentials): User {
  const user = userOfCertificate(credentials.certificate) ?? userOfHeader(auth, cluster, credentials.authorization);
  if (!user) throw unauthorized();
  return user;
}

function userOfCertificate(subject: Credentials['certificate']): User | undefined {
  if (!subject || subject.commonName === '') return undefined;
  return { name: subject.commonName, groups: [...subject.organizations, authenticatedGroup] };
}

/** Everyone who is someone. */
export const authenticatedGroup = 'system:authenticated';

function userOfHeader(auth: Authentication, cluster: string, header: string | undefined): User | undefined {
  const [, token] = /^bearer +(\S+)$/i.exec(header ?? '') ?? [];
  return token === undefined ? undefined : userOfBearer(auth, cluster, token)?.user;
}

/** The user of a bearer token and the audiences that it is good for; undefined where it is not. */
export function userOfBearer(
  auth: Authentication,
  cluster: string,
  token: string,
  audiences: readonly string[] = [issuerOf(cluster)],
): { readonly user: User; readonly audiences: readonly string[] } | undefined {
  const issuer = issuerOf(cluster);
  const issued = audiences.includes(issuer) ? userOfToken(auth.store, cluster, token) : undefined;
  if (issued) return { user: withAuthenticated(issued), audiences: [issuer] };
  const now = Math.floor(auth.now().getTime() / 1000);
  return userOfServiceAccountToken(auth.key, clusterReader(auth.store, cluster), token, { issuer, audiences, now });
}

function withAuthenticated(user: User): User {
  return user.groups.includes(authenticatedGroup) ? user : { ...user, groups: [...user.groups, authenticatedGroup] };
}

/** Issuer of the ServiceAccount tokens of a logical cluster, and the audience that its API is. */
export function issuerOf(cluster: string): string {
  const issuer = 'https://kubernetes.default.svc';
  return cluster === 'root' ? issuer : `${issuer}/clusters/${cluster}`;
}
