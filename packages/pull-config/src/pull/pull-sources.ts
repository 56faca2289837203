import {
  type Fault,
  fault,
  formatReference,
  type ImageReference,
  matchPrefix,
  parseNamed,
  quoted,
  type Result,
  success,
} from '@pullpath/oci';
import type { Mirror, RegistryEntry } from '../model.ts';
import { prefixOf } from './resolver.ts';

export type RewriteErrorCode =
  | 'prefix-does-not-match'
  | 'empty-location-needs-wildcard-prefix'
  | 'rewrite-not-canonical'
  | 'rewrite-invalid-reference';

/** One endpoint that a pull uses, with the reference asked for there. */
export interface PullSource {
  readonly reference: ImageReference;
  /** The mirror; undefined for the registry itself. */
  readonly mirror?: Mirror | undefined;
  readonly insecure: boolean;
}

/**
 * The endpoints that `entry` gives a pull, in order: the mirrors that serve this kind of pull, then the registry itself
 * (containers/image `sysregistriesv2` PullSourcesFromReference). One reference that cannot be rewritten fails them all.
 */
export function pullSources(
  entry: RegistryEntry,
  ref: ImageReference,
): Result<readonly PullSource[], RewriteErrorCode> {
  const prefix = prefixOf(entry);
  const matched = matchText(ref, prefix);
  const sources: PullSource[] = [];
  for (const mirror of entry.mirrors) {
    if (skipReason(entry, mirror, ref) !== undefined) continue;
    const rewritten = rewrite(ref, matched, prefix, mirror.location);
    if (!rewritten.ok) return rewritten;
    sources.push({ reference: rewritten.value, mirror, insecure: mirror.insecure });
  }
  const own = rewrite(ref, matched, prefix, entry.location);
  if (!own.ok) return own;
  sources.push({ reference: own.value, mirror: undefined, insecure: entry.insecure });
  return success(sources);
}

/** Why a mirror is left out of a pull, or undefined. A reference with a digest counts as a digest pull. */
export function skipReason(entry: RegistryEntry, mirror: Mirror, ref: ImageReference): string | undefined {
  const digested = ref.digest !== undefined;
  if (!digested && (entry.mirrorByDigestOnly || mirror.pullFromMirror === 'digest-only'))
    return 'digest-only, this pull has no digest';
  if (digested && !entry.mirrorByDigestOnly && mirror.pullFromMirror === 'tag-only')
    return 'tag-only, this pull is by digest';
  return undefined;
}

/**
 * The reference with its matching part replaced by `location`. The result must be in full form (`sysregistriesv2`
 * rewriteReference): `mirror/app` or `docker.io/app` are not. An empty location keeps it and needs a wildcard prefix.
 */
export function rewriteReference(
  ref: ImageReference,
  prefix: string,
  location: string,
): Result<ImageReference, RewriteErrorCode> {
  return rewrite(ref, matchText(ref, prefix), prefix, location);
}

interface MatchedText {
  readonly text: string;
  /** How much of the text the prefix covers, or -1. */
  readonly length: number;
}

function matchText(ref: ImageReference, prefix: string): MatchedText {
  const text = formatReference(ref);
  return { text, length: matchPrefix(text, prefix) };
}

function rewrite(
  ref: ImageReference,
  { text, length }: MatchedText,
  prefix: string,
  location: string,
): Result<ImageReference, RewriteErrorCode> {
  if (length === -1) return fault('prefix-does-not-match', `prefix ${quoted(prefix)} does not match ${quoted(text)}`);
  if (location === '') {
    if (prefix.startsWith('*.')) return success(ref);
    return fault(
      'empty-location-needs-wildcard-prefix',
      `prefix ${quoted(prefix)} without a location must be *.domain`,
    );
  }
  // Most entries name their own place: what is replaced by itself stays the full reference that it is.
  if (location.length === length && text.startsWith(location)) return success(ref);
  const rewritten = parseNamed(location + text.slice(length));
  return rewritten.ok ? rewritten : refused(rewritten, location, text);
}

function refused({ code, message }: Fault, location: string, text: string): Fault<RewriteErrorCode> {
  const ours = code === 'ref-not-canonical' ? 'rewrite-not-canonical' : 'rewrite-invalid-reference';
  return fault(ours, `${quoted(text)} cannot be asked for at location ${quoted(location)}: ${message}`);
}
