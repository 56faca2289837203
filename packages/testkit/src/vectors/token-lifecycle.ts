import { valueAt } from '@pullpath/api';
import {
  durationMs,
  isTokenExpired,
  marks,
  outdatedSecrets,
  rotatedTokens,
  tokenExpiration,
  tokenNeedsRotation,
  tokenSecretName,
  userDataSecretName,
} from '@pullpath/pull-config';
import { rfc3339, vectorNow, withTimes } from './placeholders.ts';
import type { Area } from './run-vectors.ts';

type Annotations = Readonly<Record<string, string>>;

interface Cleanup {
  readonly platform: string;
  readonly releaseVersion?: string;
  readonly version?: string;
  readonly secrets: readonly string[];
}

export const tokenLifecycle: Area = {
  isExpired: (input: Annotations | null) => isTokenExpired(annotationsOf(withTimes(input)), vectorNow),
  needsRotation: (input: unknown) => tokenNeedsRotation(generated(withTimes(input)), vectorNow),
  rotate: (input: { readonly token?: string } & Annotations) => {
    const fresh = 'fresh';
    const tokens = rotatedTokens(input.token, fresh);
    return { old_token: tokens['old_token'], tokenChanged: tokens['token'] !== input.token };
  },
  setExpiration: (_input: unknown, expected: Annotations) => {
    const time = rfc3339(tokenExpiration(vectorNow));
    const isMeant = JSON.stringify(withTimes(expected)) === JSON.stringify({ [marks.tokenExpiration]: time });
    return isMeant ? expected : { [marks.tokenExpiration]: time };
  },
  cleanupOutdated: ({ platform, releaseVersion, version, secrets }: Cleanup) => {
    const named = secrets.map((name) => ({ metadata: { name } }));
    const { deleted, expiring } = outdatedSecrets(named, { type: platform, version: releaseVersion ?? version });
    return { deleted: deleted.map(nameOf), expirationSet: expiring.map(nameOf) };
  },
  names: ({ nodePool, hash }: { readonly nodePool: string; readonly hash: string }) => ({
    token: tokenSecretName(nodePool, hash),
    userData: userDataSecretName(nodePool, hash),
  }),
};

function nameOf({ metadata }: { readonly metadata: { readonly name: string } }): string {
  return metadata.name;
}

function annotationsOf(input: unknown): Annotations {
  const inner = valueAt(input, ['annotations']) ?? input;
  return (inner ?? {}) as Annotations;
}

/** Annotations, or how long the token has lived. */
function generated(input: unknown): Annotations {
  const lived = typeof input === 'string' ? input : valueAt(input, ['timeLived']);
  const ms = typeof lived === 'string' ? durationMs(lived) : undefined;
  return ms === undefined ? annotationsOf(input) : { [marks.tokenGenerated]: rfc3339(vectorNow - ms) };
}
