import {
  availabilityTtlSeconds,
  MirrorAvailability,
  matchOverride,
  overrideExact,
  overrideNamespace,
  overrideRoot,
  type ReferenceParts,
  referenceParts,
  seekOverride,
} from '@pullpath/pull-config';
import { mapOf } from './overrides-encoding.ts';
import type { Area } from './run-vectors.ts';

type Overrides = Readonly<Record<string, readonly string[]>>;

interface StepInput {
  readonly image: string;
  readonly source: Partial<ReferenceParts>;
  readonly mirror: Partial<ReferenceParts>;
}

interface SeekInput {
  readonly image: string;
  readonly overrides: Overrides;
  readonly mirrorsReachable: 'all' | readonly string[];
}

export const referenceOverrideResolution: Area = {
  matchOne: (
    { image, source, mirror }: { image: string; source: string; mirror: string },
    expected: MatchExpectation,
  ) => {
    const match = matchOverride(image, source, mirror);
    if ('error' in match) return { found: false, image: null, error: true };
    return { found: match.found, image: match.image, ...('error' in expected && { error: false }) };
  },
  tryRoot: step(overrideRoot),
  tryNamespace: step(overrideNamespace),
  tryExact: step(overrideExact),
  seek: ({ image, overrides, mirrorsReachable }: SeekInput) =>
    seekOverride(image, mapOf(overrides), reachable(mirrorsReachable)),
  seekWithProbe: ({ image, overrides, mirrorsReachable }: SeekInput) =>
    seekOverride(image, mapOf(overrides), reachable(mirrorsReachable)),
  releaseLookupViaPolicies: ({ image, overrides, mirrorsReachable }: SeekInput) =>
    seekOverride(image, mapOf(overrides), reachable(mirrorsReachable)),
  cacheKeys,
  cacheTtl: ({ available }: { available: boolean }) =>
    available ? availabilityTtlSeconds.available : availabilityTtlSeconds.unavailable,
  cacheExpiry,
};

interface MatchExpectation {
  readonly error?: boolean;
}

function step(
  override: (ref: ReferenceParts, source: ReferenceParts, mirror: ReferenceParts) => string | undefined,
): (input: StepInput) => unknown {
  return ({ image, source, mirror }) => {
    const ref = referenceParts(image);
    if (!ref) throw new Error(`"${image}" is no reference`);
    const found = override(ref, whole(source), whole(mirror));
    return { found: found !== undefined, image: found ?? null };
  };
}

function whole(parts: Partial<ReferenceParts>): ReferenceParts {
  return { registry: '', namespace: '', name: '', tag: '', digest: '', ...parts };
}

function reachable(mirrors: 'all' | readonly string[]): (candidate: string) => boolean {
  return (candidate) => mirrors === 'all' || mirrors.includes(candidate);
}

interface CacheInput {
  readonly image: string;
  readonly seeks: readonly Overrides[];
  readonly mirrorsReachable: 'all' | readonly string[];
}

function cacheKeys({ image, seeks, mirrorsReachable }: CacheInput): unknown {
  const cache = new MirrorAvailability(() => 0);
  for (const overrides of seeks) {
    seekOverride(image, mapOf(overrides), (candidate) => cache.check(candidate, '', reachable(mirrorsReachable)));
  }
  return { cachedKeys: cache.references('') };
}

interface ExpiryInput {
  readonly available: boolean;
  readonly ageSeconds: number;
}

function cacheExpiry({ available, ageSeconds }: ExpiryInput): unknown {
  let now = 0;
  const cache = new MirrorAvailability(() => now);
  cache.set('mirror', '', available);
  now = ageSeconds;
  return { cached: cache.get('mirror', '') !== undefined };
}
