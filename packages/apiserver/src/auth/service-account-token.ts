import { mapAt, numberAt, textAt, textsAt, valueAt } from '../builtin/read.ts';
import type { User } from '../http/exchange.ts';
import type { ClusterReader } from '../rest/cluster-reader.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { serviceAccountGroups } from './impersonate.ts';
import { type ServiceAccountKey, signClaims, verifyClaims } from './service-account-key.ts';

/** An object that a token is bound to: it dies with it. */
export interface BoundObject {
  readonly kind: 'Pod' | 'Secret' | 'Node';
  readonly name: string;
  readonly uid: string;
}

export interface TokenTerms {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  readonly lifetimeSeconds: number;
  readonly id: string;
  readonly bound?: BoundObject | undefined;
  /** Node of the pod that the token is bound to. */
  readonly node?: { readonly name: string; readonly uid?: string | undefined } | undefined;
}

/** A signed token of a ServiceAccount. Claims as Kubernetes 1.36 writes them. */
export function serviceAccountToken(key: ServiceAccountKey, account: StoredObject, terms: TokenTerms): string {
  const { name, namespace, uid } = metadataOf(account);
  const { bound, node } = terms;
  return signClaims(key, {
    aud: terms.audiences,
    exp: terms.now + terms.lifetimeSeconds,
    iat: terms.now,
    iss: terms.issuer,
    jti: terms.id,
    'kubernetes.io': {
      namespace,
      ...(node && { node }),
      ...(bound && { [bound.kind.toLowerCase()]: { name: bound.name, uid: bound.uid } }),
      serviceaccount: { name, uid },
    },
    nbf: terms.now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  });
}

export interface TokenExpectations {
  readonly issuer: string;
  /** At least one of them must be among the audiences of the token. */
  readonly audiences: readonly string[];
  readonly now: number;
}

/** The user of a token, with the audiences that it shares with the expected ones. Undefined where it is no good. */
export function userOfServiceAccountToken(
  key: ServiceAccountKey,
  reader: ClusterReader,
  token: string,
  expected: TokenExpectations,
): { readonly user: User; readonly audiences: readonly string[] } | undefined {
  const claims = verifyClaims(key, token);
  if (!claims || !isInForce(claims, expected)) return undefined;
  const audiences = textsAt(claims, 'aud').filter((audience) => expected.audiences.includes(audience));
  const own = mapAt(claims, 'kubernetes.io');
  if (audiences.length === 0 || !isAlive(reader, own)) return undefined;
  return { user: userOf(own, textAt(claims, 'jti')), audiences };
}

function isInForce(claims: StoredObject, { issuer, now }: TokenExpectations): boolean {
  return textAt(claims, 'iss') === issuer && numberAt(claims, 'exp') > now && numberAt(claims, 'nbf') <= now;
}

/** The account and what the token is bound to still exist, and are the same objects as then. */
function isAlive(reader: ClusterReader, own: StoredObject): boolean {
  const namespace = textAt(own, 'namespace');
  const lives = (claim: string, resource: string, within: string): boolean => {
    if (valueAt(own, claim) === undefined) return true;
    const object = reader.get({ group: '', resource }, within, textAt(own, claim, 'name'));
    return object !== undefined && metadataOf(object).uid === textAt(own, claim, 'uid');
  };
  return (
    valueAt(own, 'serviceaccount') !== undefined &&
    lives('serviceaccount', 'serviceaccounts', namespace) &&
    lives('pod', 'pods', namespace) &&
    lives('secret', 'secrets', namespace) &&
    (valueAt(own, 'pod') !== undefined || lives('node', 'nodes', ''))
  );
}

function userOf(own: StoredObject, id: string): User {
  const namespace = textAt(own, 'namespace');
  return {
    name: `system:serviceaccount:${namespace}:${textAt(own, 'serviceaccount', 'name')}`,
    uid: textAt(own, 'serviceaccount', 'uid'),
    groups: [...serviceAccountGroups(namespace), 'system:authenticated'],
    extra: extraOf(own, id),
  };
}

function extraOf(own: StoredObject, id: string): Record<string, readonly string[]> {
  const prefix = 'authentication.kubernetes.io';
  const entries = [
    ['credential-id', id === '' ? '' : `JTI=${id}`],
    ['node-name', textAt(own, 'node', 'name')],
    ['node-uid', textAt(own, 'node', 'uid')],
    ['pod-name', textAt(own, 'pod', 'name')],
    ['pod-uid', textAt(own, 'pod', 'uid')],
  ] as const;
  return Object.fromEntries(
    entries.filter(([, value]) => value !== '').map(([name, value]) => [`${prefix}/${name}`, [value]] as const),
  );
}
