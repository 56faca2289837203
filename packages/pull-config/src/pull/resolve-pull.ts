import { formatReference, type ImageReference, matchPrefix, preferDigest } from '@pullpath/oci';
import type { Mirror, RegistryEntry } from '../model.ts';
import { type PullSource, pullSources, type RewriteErrorCode, skipReason } from './pull-sources.ts';
import { findRegistry, prefixOf, type Resolver } from './resolver.ts';
import { resolveShortName, type ShortNameErrorCode, type ShortNameOptions } from './short-names.ts';

/** One place in the order in which a runtime asks. */
export interface Attempt {
  /** What is asked for there: physical, rewritten by the entry. */
  readonly reference: string;
  readonly mirror: boolean;
  /** The mirror of the configuration; undefined for the source itself. */
  readonly mirrorOf?: Mirror | undefined;
  /** TLS is not verified there, and plain HTTP is tried after it. */
  readonly insecure: boolean;
  readonly outcome: 'tried' | 'skipped' | 'blocked';
  /** Why it is skipped or blocked. */
  readonly reason?: string | undefined;
  /** The entry that blocks this physical reference; it need not be the one that names it. */
  readonly blockedBy?: RegistryEntry | undefined;
}

/** Why there is no list of attempts. */
export interface PullError {
  readonly code: RewriteErrorCode | ShortNameErrorCode;
  readonly message: string;
}

/** The attempts for one full reference. */
export interface CandidatePlan {
  /** With its tag or digest, `latest` filled in. */
  readonly normalized: string;
  readonly entry?: RegistryEntry | undefined;
  /** The prefix of the entry. */
  readonly matchedScope?: string | undefined;
  readonly attempts: readonly Attempt[];
  /** Set when the entry makes a reference that is none: containers/image then asks nowhere. */
  readonly error?: PullError | undefined;
}

/** What happens to a pull of `image`. Without a candidate `normalized`, `entry` and `matchedScope` are undefined. */
export interface PullPlan extends Omit<CandidatePlan, 'normalized'> {
  readonly image: string;
  /** The first candidate; so are `entry` and `matchedScope`. */
  readonly normalized?: string | undefined;
  /** The full references that the image may mean, tried in order; one, unless a short name meets several search registries. */
  readonly candidates: readonly CandidatePlan[];
}

/**
 * Where a pull goes: every attempt in order, the skipped and blocked ones included (containers/image at pull time). Of
 * `name:tag@digest` the tag is dropped, as CRI-O and podman do. `error` is set when nothing at all is asked for.
 */
export function resolvePull(resolver: Resolver, image: string, options: ShortNameOptions = {}): PullPlan {
  const resolved = resolveShortName(resolver.conf, image, options);
  if (!resolved.ok)
    return { image, candidates: [], attempts: [], error: { code: resolved.code, message: resolved.message } };
  const candidates = resolved.value.candidates.map((ref) => planReference(resolver, preferDigest(ref)));
  const [first] = candidates;
  if (first !== undefined && candidates.length === 1) return onlyCandidate(image, first);
  const failed = candidates.every(({ error }) => error !== undefined);
  const attempts = candidates.flatMap((candidate) => candidate.attempts);
  return { image, ...first, candidates, attempts, error: failed ? first?.error : undefined };
}

// Spelt out because this is the way of nearly every pull, and spreading an object costs as much as looking up its entry.
function onlyCandidate(image: string, candidate: CandidatePlan): PullPlan {
  const { normalized, entry, matchedScope, attempts, error } = candidate;
  return { image, normalized, entry, matchedScope, attempts, error, candidates: [candidate] };
}

/** The attempts for a full reference, taken as it is: with tag and digest both it counts as a digest pull. */
export function planReference(resolver: Resolver, ref: ImageReference): CandidatePlan {
  const normalized = formatReference(ref);
  const entry = findRegistry(resolver, ref.name);
  if (entry === undefined)
    return { normalized, attempts: [{ reference: normalized, mirror: false, insecure: false, outcome: 'tried' }] };
  const matchedScope = prefixOf(entry);
  const sources = pullSources(entry, ref);
  if (!sources.ok)
    return { normalized, entry, matchedScope, attempts: [], error: { code: sources.code, message: sources.message } };
  return { normalized, entry, matchedScope, attempts: attemptsOf(resolver, entry, ref, sources.value) };
}

/** The sources with the skipped mirrors put back where the file has them. */
function attemptsOf(
  resolver: Resolver,
  entry: RegistryEntry,
  ref: ImageReference,
  sources: readonly PullSource[],
): readonly Attempt[] {
  const use = (source: PullSource): Attempt => {
    const own = source.reference === ref ? entry : blockable(resolver, source.reference);
    return usedAttempt(source, own?.blocked ? own : undefined);
  };
  const attempts: Attempt[] = [];
  let next = 0;
  for (const mirror of entry.mirrors) {
    const source = sources[next];
    const used = source?.mirror === mirror ? source : undefined;
    attempts.push(used ? use(used) : skippedAttempt(entry, mirror, ref));
    if (used) next++;
  }
  const own = sources[next];
  if (own) attempts.push(use(own));
  return attempts;
}

/** The entry of a physical reference, where any entry can block it. */
function blockable(resolver: Resolver, { name }: ImageReference): RegistryEntry | undefined {
  return resolver.anyBlocked ? findRegistry(resolver, name) : undefined;
}

function usedAttempt({ reference, mirror, insecure }: PullSource, blockedBy: RegistryEntry | undefined): Attempt {
  return {
    reference: formatReference(reference),
    mirror: mirror !== undefined,
    mirrorOf: mirror,
    insecure,
    outcome: blockedBy ? 'blocked' : 'tried',
    reason: blockedBy && `blocked by the entry "${prefixOf(blockedBy)}"`,
    blockedBy,
  };
}

function skippedAttempt(entry: RegistryEntry, mirror: Mirror, ref: ImageReference): Attempt {
  const text = formatReference(ref);
  return {
    reference: mirror.location + text.slice(matchPrefix(text, prefixOf(entry))),
    mirror: true,
    mirrorOf: mirror,
    insecure: mirror.insecure,
    outcome: 'skipped',
    reason: skipReason(entry, mirror, ref),
  };
}
