import type { HostedCluster } from '../../hosted-clusters/objects.ts';
import { annotationOf, annotations } from '../annotations.ts';
import { badRequest } from '../refusal.ts';

export type Members = Readonly<Record<string, unknown>>;

const mostCharacters = 64 * 1024;

/** Members of a cluster that the API keeps because a HostedCluster has no field for them. */
export function keptMembers(cluster: HostedCluster): Members {
  const members = annotationOf(cluster, annotations.cluster);
  return isRecord(members) ? members : {};
}

/** The annotation with the members of a request in it; those that are given replace, null removes. Throws a 400 for too much. */
export function withMembers(cluster: HostedCluster | undefined, body: Members): Readonly<Record<string, string>> {
  const given = Object.entries(body).filter(([name]) => !notKept.has(name));
  const merged = Object.fromEntries([
    ...Object.entries(cluster ? keptMembers(cluster) : {}),
    ...given.map(([name, value]) => [name, withoutSecrets(value)] as const),
  ]);
  const text = JSON.stringify(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
  if (text.length > mostCharacters)
    throw badRequest(`The cluster has more than ${mostCharacters} characters of settings`);
  return { [annotations.cluster]: text };
}

/** What the HostedCluster itself tells, or nobody may set. */
const notKept: ReadonlySet<string> = new Set([
  'kind',
  'id',
  'href',
  'name',
  'external_id',
  'state',
  'status',
  'hypershift',
  'product',
  'creation_timestamp',
  'registry_config',
  'openshift_version',
]);

const secretNames: ReadonlySet<string> = new Set([
  'access_key_id',
  'secret_access_key',
  'password',
  'pull_secret',
  'client_secret',
  'kubeconfig',
  'htpasswd',
]);

// An annotation is no place for a secret.
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !secretNames.has(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutSecrets(member)]));
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
