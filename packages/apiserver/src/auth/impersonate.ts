import type { User } from '../http/exchange.ts';
import { badRequest } from '../status/status.ts';
import { type Access, type Authorizer, accessForbidden } from './access.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The user that a request acts as: the one it names in `Impersonate-*` headers, where the real one may impersonate every part.
 * `access` is what the request wants; a refusal names it, as Kubernetes 1.36 does. Throws `ApiError` 400 or 403.
 */
export function impersonated(user: User, headers: Headers, access: Access, authorize: Authorizer): User {
  const wanted = wantedUser(headers);
  if (!wanted) return user;
  const allowed = checksOf(wanted).every((check) => authorize(user, check).allowed);
  if (!allowed) throw accessForbidden(user, { ...access, verb: `impersonate-on:user-info:${access.verb}` }, '');
  return { ...wanted, groups: groupsOf(wanted) };
}

function wantedUser(headers: Headers): User | undefined {
  const [name] = valuesOf(headers, 'impersonate-user');
  const groups = valuesOf(headers, 'impersonate-group');
  const [uid] = valuesOf(headers, 'impersonate-uid');
  const extra = extraOf(headers);
  if (name !== undefined && name !== '') return { name, uid, groups, extra };
  if (groups.length === 0 && uid === undefined && Object.keys(extra).length === 0) return undefined;
  const shown = groups.map((group) => JSON.stringify(group)).join(', ');
  throw badRequest(
    `requested &user.DefaultInfo{Name:"", UID:${JSON.stringify(uid ?? '')}, Groups:[]string{${shown}}, Extra:map[string][]string(nil)} without impersonating a user name`,
  );
}

function valuesOf(headers: Headers, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
}

const extraPrefix = 'impersonate-extra-';

function extraOf(headers: Headers): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(headers).filter((name) => name.startsWith(extraPrefix));
  return Object.fromEntries(
    names.map((name) => [unescaped(name.slice(extraPrefix.length)), valuesOf(headers, name)] as const),
  );
}

// Keys are percent-encoded, since header names cannot hold every character; what is not stays as it is.
function unescaped(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** One access for each part of the wanted user. */
function checksOf({ name, uid, groups, extra = {} }: User): Access[] {
  const account = serviceAccountOf(name);
  return [
    account ? check('', 'serviceaccounts', account.name, account.namespace) : check('', 'users', name),
    ...groups.map((group) => check('', 'groups', group)),
    ...(uid === undefined ? [] : [check(authenticationGroup, 'uids', uid)]),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => ({ ...check(authenticationGroup, 'userextras', value), subresource: key })),
    ),
  ];
}

const authenticationGroup = 'authentication.k8s.io';

function check(group: string, resource: string, name: string, namespace = '') {
  return { isResource: true, verb: 'impersonate', group, resource, subresource: '', namespace, name } as const;
}

/** Namespace and name of the service account that a user name stands for; undefined for other users. */
export function serviceAccountOf(userName: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(userName) ?? [];
  return namespace !== undefined && name !== undefined ? { namespace, name } : undefined;
}

/** Groups of every service account of a namespace. */
export function serviceAccountGroups(namespace: string): string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

function groupsOf({ name, groups }: User): readonly string[] {
  const account = serviceAccountOf(name);
  const given = groups.length === 0 && account ? serviceAccountGroups(account.namespace) : groups;
  const isAnonymous = name === 'system:anonymous';
  const own = isAnonymous ? 'system:unauthenticated' : 'system:authenticated';
  const isKnown = given.includes(own) || (!isAnonymous && given.includes('system:unauthenticated'));
  return isKnown ? given : [...given, own];
}
