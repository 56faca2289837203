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
  const matched = matchLength(ref, prefix);
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
  return rewrite(ref, matchLength(ref, prefix), prefix, location);
}

/** How much of the text of `ref` the prefix covers, or -1. Most prefixes end inside the name, which is there already. */
function matchLength(ref: ImageReference, prefix: string): number {
  const inName = matchPrefix(ref.name, prefix);
  return inName === -1 ? matchPrefix(formatReference(ref), prefix) : inName;
}

function rewrite(
  ref: ImageReference,
  matched: number,
  prefix: string,
  location: string,
): Result<ImageReference, RewriteErrorCode> {
  if (matched === -1) return unmatched(ref, prefix);
  if (location === '') return prefix.startsWith('*.') ? success(ref) : noLocation(prefix);
  // Most entries name their own place: what is replaced by itself stays the full reference that it is.
  if (location.length === matched && ref.name.startsWith(location)) return success(ref);
  return renamed(ref, matched, location) ?? reparsed(ref, matched, location);
}

/** Where the new name is one by itself, tag and digest stay what they are, which saves reading them again. */
function renamed(ref: ImageReference, matched: number, location: string): Result<ImageReference, never> | undefined {
  if (matched > ref.name.length) return undefined;
  const parsed = parseNamed(location + ref.name.slice(matched));
  if (!parsed.ok || parsed.value.tag !== undefined || parsed.value.digest !== undefined) return undefined;
  return success({ ...parsed.value, tag: ref.tag, digest: ref.digest });
}

function reparsed(ref: ImageReference, matched: number, location: string): Result<ImageReference, RewriteErrorCode> {
  const text = formatReference(ref);
  const parsed = parseNamed(location + text.slice(matched));
  return parsed.ok ? parsed : refused(parsed, location, text);
}

function unmatched(ref: ImageReference, prefix: string): Fault<RewriteErrorCode> {
  return fault('prefix-does-not-match', `prefix ${quoted(prefix)} does not match ${quoted(formatReference(ref))}`);
}

function noLocation(prefix: string): Fault<RewriteErrorCode> {
  return fault('empty-location-needs-wildcard-prefix', `prefix ${quoted(prefix)} without a location must be *.domain`);
}

function refused({ code, message }: Fault, location: string, text: string): Fault<RewriteErrorCode> {
  const ours = code === 'ref-not-canonical' ? 'rewrite-not-canonical' : 'rewrite-invalid-reference';
  return fault(ours, `${quoted(text)} cannot be asked for at location ${quoted(location)}: ${message}`);
}
