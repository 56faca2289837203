import { type DigestErrorCode, digestFault, hasDigestGrammar } from './digest.ts';
import { isDigits, isDomainName, isRepositoryPath, isTagCharacter } from './grammar.ts';
import { type Fault, fault, quoted, type Result, success } from './result.ts';

/** An image reference. `name` is `domain/path`, or `path` where no domain was written. */
export interface ImageReference {
  /** `host[:port]`, or empty. */
  readonly domain: string;
  readonly path: string;
  readonly name: string;
  readonly tag?: string | undefined;
  /** `algorithm:hex`. */
  readonly digest?: string | undefined;
}

export type ReferenceErrorCode =
  | DigestErrorCode
  | 'ref-name-empty'
  | 'ref-invalid-format'
  | 'ref-uppercase'
  | 'ref-too-long'
  | 'ref-looks-like-id'
  | 'ref-not-canonical';

/** Longest `domain/path`, in bytes. */
export const maxNameLength = 255;

/**
 * Splits `[domain/]path[:tag][@digest]` as it stands: nothing is added or looked up (containers/image `docker/reference`
 * Parse). Without a dot or port `quay/app` still has the domain `quay` here; `parseNormalizedNamed` decides that otherwise.
 */
export function parseReference(text: string): Result<ImageReference, ReferenceErrorCode> {
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const named = at === -1 ? text : text.slice(0, at);
  const colon = tagSeparator(named);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  const domainEnd = splitName(name);
  if (domainEnd === undefined || (tag !== undefined && !isTag(tag))) return malformed(text);
  // A digest of a known algorithm satisfies the weaker grammar too, so that is only asked for a refused one.
  const wrongDigest = digest === undefined ? undefined : digestFault(digest);
  if (digest !== undefined && wrongDigest && !hasDigestGrammar(digest)) return malformed(text);
  if (name.length > maxNameLength)
    return fault('ref-too-long', `a repository name has at most ${maxNameLength} characters`);
  return wrongDigest ?? success(assemble(name, domainEnd, tag, digest));
}

/** The text of a reference, `name[:tag][@digest]`. */
export function formatReference({ name, tag, digest }: ImageReference): string {
  return name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/** True for what may stand after the colon of a reference: at most 128 of `A-Za-z0-9_.-`, not starting with `.` or `-`. */
export function isTag(text: string): boolean {
  if (text === '' || text.length > 128 || text.startsWith('.') || text.startsWith('-')) return false;
  for (let at = 0; at < text.length; at++) if (!isTagCharacter(text.charCodeAt(at))) return false;
  return true;
}

/** True for `host[:port]`; no IPv6 host, as in containers/image. */
export function isDomain(text: string, end: number = text.length): boolean {
  const colon = text.indexOf(':');
  if (colon === -1 || colon >= end) return isDomainName(text, 0, end);
  return isDomainName(text, 0, colon) && isDigits(text, colon + 1, end);
}

// A tag has no slash, so a colon before the last slash belongs to a port.
function tagSeparator(named: string): number {
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') ? colon : -1;
}

/** Where the domain of a valid name ends, -1 if it has none, undefined if it is no name. A domain is preferred. */
function splitName(name: string): number | undefined {
  const slash = name.indexOf('/');
  if (slash !== -1 && isDomain(name, slash) && isRepositoryPath(name, slash + 1)) return slash;
  return isRepositoryPath(name) ? -1 : undefined;
}

function assemble(
  name: string,
  domainEnd: number,
  tag: string | undefined,
  digest: string | undefined,
): ImageReference {
  const domain = domainEnd === -1 ? '' : name.slice(0, domainEnd);
  return { domain, path: domainEnd === -1 ? name : name.slice(domainEnd + 1), name, tag, digest };
}

function malformed(text: string): Fault<ReferenceErrorCode> {
  if (text === '') return fault('ref-name-empty', 'an image reference needs a repository name');
  const lower = lowerCase(text);
  if (lower !== text && hasReferenceGrammar(lower))
    return fault('ref-uppercase', 'a repository name must be lower-case');
  return fault('ref-invalid-format', `${quoted(text)} is no image reference`);
}

function hasReferenceGrammar(text: string): boolean {
  const parsed = parseReference(text);
  return parsed.ok || parsed.code === 'ref-too-long' || parsed.code.startsWith('ref-digest-');
}

/** Lower case as Go has it: one code point for one code point, so that U+0130 becomes a plain `i`. */
function lowerCase(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}
