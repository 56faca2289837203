import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { valueAt } from '@pullpath/api';
import { keyOf, objectKey, rfc3339 } from '@pullpath/kube-client';
import {
  encodePayload,
  hashSimple,
  isTokenExpired,
  marks,
  type NodePoolContent,
  nodePoolFiles,
  outdatedSecrets,
  poolIgnition,
  rotatedTokens,
  tokenExpiration,
  tokenRotationDueMs,
  tokenSecretName,
  userDataSecretName,
  userDataStub,
} from '@pullpath/pull-config';
import type { LiveObject } from '../../manager/live-object.ts';
import { ownerReference } from '../../manager/owner.ts';
import { textAt } from '../read-object.ts';
import type { Environment } from './reconcile.ts';
import { referencedObjects } from './referenced-objects.ts';
import { decoded, encoded } from './secret-data.ts';
import { nodePoolObjects, type Surroundings } from './surroundings.ts';

type ValidContent = Extract<NodePoolContent, { readonly state: 'valid' }>;

/** The payload that machines of a pool boot with and nodes are moved to. */
export interface Payload {
  readonly hash: string;
  readonly token: LiveObject;
  /** Name of the Secret that machines boot from; undefined while the address of the endpoint is not known. */
  readonly userData: string | undefined;
  /** Milliseconds until the token is replaced, or an outdated one ends. */
  readonly lookAgainMs: number | undefined;
}

const codec = { gzip: (bytes: Uint8Array) => gzipSync(bytes), gunzip: (bytes: Uint8Array) => bytes };

/** The Secrets of the configuration that was made, and the end of those of earlier ones (hypershift 1.8). */
export async function ensurePayload(
  environment: Environment,
  surroundings: Surroundings,
  content: ValidContent,
): Promise<Payload> {
  const { hash } = content.hashes;
  const token = await ensureToken(environment, surroundings, content);
  const userData = await ensureUserData(environment, surroundings, token, hash);
  const ends = await retireOthers(environment, surroundings, hash);
  const due = tokenRotationDueMs(token.metadata.annotations, environment.context.clock.now());
  return { hash, token, userData, lookAgainMs: Math.min(due, ...ends) };
}

/** The payload in force while no new one can be made: that of the token which was not replaced. */
export function lastGoodPayload({ views }: Environment, pool: LiveObject, namespace: string): Payload | undefined {
  const prefix = tokenSecretName(pool.metadata.name, '');
  const tokens = secretsOf(views, pool).filter(
    ({ metadata }) => metadata.name.startsWith(prefix) && metadata.annotations?.[marks.tokenExpiration] === undefined,
  );
  const token = tokens.toSorted((a, b) => generatedAt(b) - generatedAt(a))[0];
  if (!token) return undefined;
  const hash = token.metadata.name.slice(prefix.length);
  const userData = userDataSecretName(pool.metadata.name, hash);
  const exists = views.secrets.get(objectKey(userData, namespace)) !== undefined;
  return { hash, token, userData: exists ? userData : undefined, lookAgainMs: undefined };
}

/** Whether a pool ever had a payload. */
export function hadPayload({ views }: Environment, pool: LiveObject): boolean {
  return secretsOf(views, pool).length > 0;
}

export function secretsOf(views: Environment['views'], pool: LiveObject): readonly LiveObject[] {
  return views.secrets.byIndex('nodePool', keyOf(pool));
}

async function ensureToken(
  environment: Environment,
  surroundings: Surroundings,
  content: ValidContent,
): Promise<LiveObject> {
  const { views, context } = environment;
  const { pool, namespace } = surroundings;
  const name = tokenSecretName(pool.metadata.name, content.hashes.hash);
  const present = views.secrets.get(objectKey(name, namespace));
  const now = context.clock.now();
  const annotations = present?.metadata.annotations;
  const isDue = tokenRotationDueMs(annotations, now) <= 0;
  if (present && !isDue && decoded(present, 'reason') === 'AsExpected') return revived(environment, present);
  const old = present ? decoded(present, 'token') : undefined;
  const tokens = old === undefined || isDue ? rotatedTokens(old, randomUUID()) : keptTokens(present);
  const written = await views.secrets.ensure({
    metadata: {
      ...secretMetadata(surroundings, name),
      annotations: {
        ...secretMetadata(surroundings, name).annotations,
        [marks.ignitionConfig]: 'true',
        [marks.upgradeType]: upgradeTypeOf(pool),
        [marks.tokenGenerated]: isDue || !annotations ? rfc3339(now) : (annotations[marks.tokenGenerated] ?? ''),
      },
    },
    type: 'Opaque',
    data: encoded({ ...tokens, ...(await payloadData(environment, surroundings, content)) }),
  });
  return revived(environment, written);
}

function keptTokens(present: LiveObject | undefined): Readonly<Record<string, string>> {
  const [token, old] = [present && decoded(present, 'token'), present && decoded(present, 'old_token')];
  return { ...(token === undefined ? {} : { token }), ...(old === undefined ? {} : { old_token: old }) };
}

/** A configuration that comes back before its token has ended is as good as new. */
async function revived({ views }: Environment, token: LiveObject): Promise<LiveObject> {
  return views.secrets.patchMetadata(token, { annotations: { [marks.tokenExpiration]: null } });
}

async function payloadData(
  { context }: Environment,
  surroundings: Surroundings,
  { raw, version, hashes }: ValidContent,
): Promise<Readonly<Record<string, string>>> {
  const others = await referencedObjects(context.management.client, surroundings);
  const objects = nodePoolObjects(surroundings, others.objects);
  const made = poolIgnition(nodePoolFiles(objects), [...objects.coreConfigs, ...objects.configMaps]);
  return {
    release: textAt(surroundings.pool, ['spec', 'release', 'image']),
    'release-version': version?.text ?? '',
    config: encodePayload(raw, codec),
    'pull-secret-hash': others.pullSecretHash,
    'additional-trust-bundle-hash': others.trustBundleHash,
    'hc-configuration-hash': hashSimple(JSON.stringify(valueAt(surroundings.cluster, ['spec', 'configuration']) ?? {})),
    'cloud-config-hash': '',
    'os-stream': '',
    ...(made.ok
      ? {
          reason: 'AsExpected',
          message: 'Payload generated successfully',
          payload: encodePayload(JSON.stringify(made.config), codec),
        }
      : { reason: 'InvalidConfig', message: made.message }),
    'config-hash': hashes.hash,
  };
}

async function ensureUserData(
  { context, views }: Environment,
  surroundings: Surroundings,
  token: LiveObject,
  hash: string,
): Promise<string | undefined> {
  const { ignitionUrl: url, ignitionCa: ca } = context.settings;
  if (url === undefined) return undefined;
  const name = userDataSecretName(surroundings.pool.metadata.name, hash);
  const value = userDataStub({
    url,
    ca,
    hash,
    token: decoded(token, 'token') ?? '',
    nodePool: keyOf(surroundings.pool),
  });
  await views.secrets.ensure({
    metadata: secretMetadata(surroundings, name),
    type: 'Opaque',
    data: encoded({ value, disableTemplating: 'true' }),
  });
  return name;
}

/** Gives the milliseconds until each of the outdated tokens ends. */
async function retireOthers(
  { context, views }: Environment,
  { pool, cluster }: Surroundings,
  hash: string,
): Promise<readonly number[]> {
  const now = context.clock.now();
  const current = [tokenSecretName(pool.metadata.name, hash), userDataSecretName(pool.metadata.name, hash)];
  const others = secretsOf(views, pool).filter(({ metadata }) => !current.includes(metadata.name));
  const type = textAt(cluster, ['spec', 'platform', 'type']);
  const version = textAt(pool, ['status', 'version']);
  const { deleted, expiring } = outdatedSecrets(others, { type, version });
  const ended = others.filter(({ metadata }) => isTokenExpired(metadata.annotations, now));
  for (const secret of [...deleted, ...ended]) await views.secrets.remove(secret);
  const expiration = rfc3339(tokenExpiration(now));
  for (const secret of expiring)
    await views.secrets.patchMetadata(secret, { annotations: { [marks.tokenExpiration]: expiration } });
  return others
    .filter((secret) => !deleted.includes(secret) && !ended.includes(secret))
    .map(({ metadata }) => Date.parse(metadata.annotations?.[marks.tokenExpiration] ?? expiration) - now + 1_000);
}

function secretMetadata({ pool, plane, namespace }: Surroundings, name: string) {
  return {
    namespace,
    name,
    labels: { [marks.managed]: 'true' },
    annotations: { [marks.nodePool]: keyOf(pool) },
    ownerReferences: [ownerReference(plane)],
  };
}

export function upgradeTypeOf(pool: LiveObject): 'Replace' | 'InPlace' {
  return valueAt(pool, ['spec', 'management', 'upgradeType']) === 'InPlace' ? 'InPlace' : 'Replace';
}

function generatedAt({ metadata }: LiveObject): number {
  return Date.parse(metadata.annotations?.[marks.tokenGenerated] ?? '') || 0;
}
