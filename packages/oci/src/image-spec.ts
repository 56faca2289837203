import { digestFault } from './digest.ts';
import { type Fault, fault, type Result, success } from './result.ts';

/** An image as oc-mirror v2 names it (`internal/pkg/image` ParseRef): transport and parts, empty where absent. */
export interface ImageSpec {
  /** With its slashes: `docker://`, `oci://`. */
  readonly transport: string;
  readonly reference: string;
  readonly referenceWithTransport: string;
  readonly name: string;
  readonly domain: string;
  readonly path: string;
  readonly tag: string;
  /** Of the digest, e.g. `sha256`. */
  readonly algorithm: string;
  /** The digits of the digest, without the algorithm. */
  readonly digest: string;
}

export type ImageSpecErrorCode = 'image-name-empty' | 'image-digest-invalid' | 'image-unpinned';

const docker = 'docker://';

/**
 * Reads an image of an ImageSetConfiguration. Unlike a reference, the first part is always the domain, no character is
 * checked, and a `docker://` image needs a tag or a digest. The messages are those of oc-mirror.
 */
export function parseImageSpec(text: string): Result<ImageSpec, ImageSpecErrorCode> {
  const { transport, reference } = splitTransport(text);
  const [beforeAt = '', digest] = reference.split('@', 2);
  if (digest !== undefined && digestFault(digest)) return unparsable(text, 'image-digest-invalid', 'invalid digest');
  const { name, tag } = transport === docker ? splitTag(beforeAt) : { name: beforeAt, tag: '' };
  if (name === '') return fault('image-name-empty', 'unknown image : reference name is empty');
  if (transport === docker && tag === '' && digest === undefined)
    return unparsable(text, 'image-unpinned', 'tag and digest are empty');
  const [algorithm = '', hex = ''] = digest?.split(':', 2) ?? [];
  const referenceWithTransport = text.includes('://') ? text : docker + text;
  const names = { name, ...splitDomain(transport, name) };
  return success({ transport, reference, referenceWithTransport, ...names, tag, algorithm, digest: hex });
}

// More than one `://` leaves everything empty, as in oc-mirror, and ends as an empty name.
function splitTransport(text: string): { transport: string; reference: string } {
  const [scheme = '', reference, more] = text.split('://', 3);
  if (reference === undefined) return { transport: docker, reference: text };
  return more === undefined ? { transport: `${scheme}://`, reference } : { transport: '', reference: '' };
}

function splitTag(text: string): { name: string; tag: string } {
  const colon = text.lastIndexOf(':');
  const slash = text.indexOf('/');
  if (colon === -1 || slash === 0 || colon < slash) return { name: text, tag: '' };
  return { name: text.slice(0, colon), tag: text.slice(colon + 1) };
}

function splitDomain(transport: string, name: string): { domain: string; path: string } {
  const slash = transport === docker ? name.indexOf('/') : -1;
  return { domain: name.slice(0, Math.max(slash, 0)), path: name.slice(slash + 1) };
}

function unparsable(text: string, code: ImageSpecErrorCode, why: string): Fault<ImageSpecErrorCode> {
  return fault(code, `${text} unable to parse image correctly : ${why}`);
}
