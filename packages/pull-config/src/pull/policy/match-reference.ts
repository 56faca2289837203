import { formatReference, type ImageReference, parseNamed, parseNormalizedNamed } from '@pullpath/oci';
import type { ReferenceMatch } from './model.ts';

/**
 * Whether the name inside a signature fits the image, by the rule of a `signedIdentity`. A name that does not parse never
 * fits. Source: containers/image `signature` policy_reference_match.
 */
export function matchReference(match: ReferenceMatch, image: ImageReference | undefined, signature: string): boolean {
  const parsed = parseNormalizedNamed(signature);
  if (!parsed.ok) return false;
  const signed = parsed.value;
  switch (match.type) {
    case 'exactReference':
      return sameReference(parseWanted(match.dockerReference), signed);
    case 'exactRepository':
      return parseWanted(match.dockerRepository)?.name === signed.name;
    case 'matchExact':
      return sameReference(image, signed);
    case 'matchRepository':
      return image?.name === signed.name;
    case 'matchRepoDigestOrExact':
      return sameRepoDigestOrExact(image, signed);
    case 'remapIdentity':
      return sameRepoDigestOrExact(image && remap(image, match.prefix, match.signedPrefix), signed);
    default:
      return match satisfies never;
  }
}

function parseWanted(text: string): ImageReference | undefined {
  const parsed = parseNormalizedNamed(text);
  return parsed.ok ? parsed.value : undefined;
}

function sameReference(wanted: ImageReference | undefined, signed: ImageReference): boolean {
  if (wanted === undefined || isNameOnly(wanted) || isNameOnly(signed)) return false;
  return formatReference(wanted) === formatReference(signed);
}

// A pull by digest proves the content itself, so the signature may carry any tag of that repository.
function sameRepoDigestOrExact(wanted: ImageReference | undefined, signed: ImageReference): boolean {
  if (wanted === undefined || isNameOnly(wanted) || isNameOnly(signed)) return false;
  return wanted.tag === undefined ? wanted.name === signed.name : sameReference(wanted, signed);
}

function isNameOnly({ tag, digest }: ImageReference): boolean {
  return tag === undefined && digest === undefined;
}

function remap(image: ImageReference, prefix: string, signedPrefix: string): ImageReference | undefined {
  const matches = image.name === prefix || image.name.startsWith(`${prefix}/`);
  const text = formatReference(image);
  const parsed = parseNamed(matches ? signedPrefix + text.slice(prefix.length) : text);
  return parsed.ok ? parsed.value : undefined;
}
