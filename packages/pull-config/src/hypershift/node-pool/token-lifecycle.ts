import { marks } from '../control-plane/names.ts';
import { parseReleaseVersion } from '../release-version.ts';

const hourMs = 3_600_000;
/** A token is valid so long; a new one is made at half of it, so that the old one serves what has started with it. */
const tokenLifeMs = 11 * hourMs;
/** What is left to machines that boot when their configuration is replaced. */
const outdatedLifeMs = 2 * hourMs;

/** `rendered-<NodePool>-<hash>`: the configuration of a hosted cluster's node by name. */
export function renderedConfigName(nodePool: string, hash: string): string {
  return `rendered-${nodePool}-${hash}`;
}

/** The Secret that the Ignition endpoint serves a configuration of a NodePool from. */
export function tokenSecretName(nodePool: string, hash: string): string {
  return `token-${nodePool}-${hash}`;
}

/** The Secret that machines of a NodePool boot from. */
export function userDataSecretName(nodePool: string, hash: string): string {
  return `user-data-${nodePool}-${hash}`;
}

type Annotations = Readonly<Record<string, string>> | undefined;

/** Whether the time that was left to an outdated token is over; a time that cannot be read is. `now`: since 1970. */
export function isTokenExpired(annotations: Annotations, now: number): boolean {
  const time = annotations?.[marks.tokenExpiration];
  if (time === undefined) return false;
  const at = Date.parse(time);
  return Number.isNaN(at) || now > at;
}

/** When an outdated token ends, in milliseconds since 1970. */
export function tokenExpiration(now: number): number {
  return now + outdatedLifeMs;
}

/** Whether a token has lived half its life; one whose time is not known has. */
export function tokenNeedsRotation(annotations: Annotations, now: number): boolean {
  return tokenRotationDueMs(annotations, now) <= 0;
}

/** The tokens of a Secret when a fresh one takes over: the last one stays valid beside it. */
export function rotatedTokens(last: string | undefined, fresh: string): Readonly<Record<string, string>> {
  return last === undefined ? { token: fresh } : { token: fresh, old_token: last };
}

/** Milliseconds until a token is replaced. */
export function tokenRotationDueMs(annotations: Annotations, now: number): number {
  const generated = Date.parse(annotations?.[marks.tokenGenerated] ?? '');
  return Number.isNaN(generated) ? 0 : generated + tokenLifeMs / 2 - now;
}

/** As much of a Secret as decides its end. */
export interface NamedSecret {
  readonly metadata: { readonly name?: string | undefined; readonly annotations?: Annotations };
}

/** The Secrets of a configuration that is no longer wanted: which go at once, and which end later. */
export interface Outdated<T> {
  readonly deleted: readonly T[];
  readonly expiring: readonly T[];
}

/**
 * Sorts Secrets of configurations that were replaced. Tokens end later, so that machines that boot can finish; user data
 * goes, except where the platform still reads it: KubeVirt, and AWS before 4.16.
 */
export function outdatedSecrets<T extends NamedSecret>(
  secrets: readonly T[],
  platform: { readonly type: string; readonly version?: string | undefined },
): Outdated<T> {
  const isToken = ({ metadata }: T): boolean => String(metadata.name).startsWith('token-');
  const expiring = secrets.filter((secret) => isToken(secret) && !hasExpiration(secret));
  const deleted = keepsUserData(platform) ? [] : secrets.filter((secret) => !isToken(secret));
  return { deleted, expiring };
}

function hasExpiration({ metadata }: NamedSecret): boolean {
  return metadata.annotations?.[marks.tokenExpiration] !== undefined;
}

function keepsUserData({ type, version }: { readonly type: string; readonly version?: string | undefined }): boolean {
  if (type === 'KubeVirt') return true;
  const release = version === undefined ? undefined : parseReleaseVersion(version);
  return type === 'AWS' && release !== undefined && release.major === 4 && release.minor < 16;
}
