import { digestFault, isLowerHex } from './digest.ts';
import { formatReference, type ImageReference, parseReference, type ReferenceErrorCode } from './reference.ts';
import { fault, quoted, type Result, success } from './result.ts';

type Parsed = Result<ImageReference, ReferenceErrorCode>;

const dockerDomain = 'docker.io';
const legacyDockerDomain = 'index.docker.io';
const officialNamespace = 'library/';

/**
 * Reads what users write: `nginx` is `docker.io/library/nginx`, `ns/app` is `docker.io/ns/app` (containers/image
 * `docker/reference` ParseNormalizedNamed). No tag is added.
 */
export function parseNormalizedNamed(text: string): Parsed {
  const asWritten = isFullForm(text) ? parseReference(text) : undefined;
  return asWritten?.ok ? asWritten : completed(text);
}

function completed(text: string): Parsed {
  if (isImageId(text)) return fault('ref-looks-like-id', 'a name of 64 hex digits would be read as an image ID');
  const { domain, remainder } = splitDockerDomain(text);
  const colon = remainder.indexOf(':');
  const remoteName = colon === -1 ? remainder : remainder.slice(0, colon);
  if (remoteName.toLowerCase() !== remoteName) return fault('ref-uppercase', 'a repository name must be lower-case');
  return parseReference(`${domain}/${remainder}`);
}

/** As `parseNormalizedNamed`, but refuses every text that is not already its own normal form. */
export function parseNamed(text: string): Parsed {
  const parsed = parseNormalizedNamed(text);
  if (!parsed.ok || isFullForm(text)) return parsed;
  return fault(
    'ref-not-canonical',
    `${quoted(text)} is not in full form; that would be ${quoted(formatReference(parsed.value))}`,
  );
}

/** True when normalizing adds nothing: the registry is written out, and so is `library/` on Docker Hub. */
function isFullForm(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return false;
  const domain = text.slice(0, slash);
  return isDockerHub(domain) ? domain === dockerDomain && text.includes('/', slash + 1) : isRegistry(domain);
}

/** True for the two names under which Docker Hub is normalized. */
export function isDockerHub(domain: string): boolean {
  return domain === dockerDomain || domain === legacyDockerDomain;
}

/** What a pull uses: a tag beside a digest is dropped, `:latest` is added where both are missing (ParseDockerRef). */
export function parseDockerRef(text: string): Parsed {
  const parsed = parseNormalizedNamed(text);
  return parsed.ok ? success(withDefaultTag(preferDigest(parsed.value))) : parsed;
}

/** Either a reference, or a digest alone. */
export type AnyReference = ImageReference | { readonly name?: undefined; readonly digest: string };

/** As `parseNormalizedNamed`, where 64 hex digits are a sha256 digest and a bare digest is allowed (ParseAnyReference). */
export function parseAnyReference(text: string): Result<AnyReference, ReferenceErrorCode> {
  if (isImageId(text)) return success({ digest: `sha256:${text}` });
  if (digestFault(text) === undefined) return success({ digest: text });
  return parseNormalizedNamed(text);
}

/** The registry that a name means, and the rest of the text; never fails (splitDockerDomain). */
export function splitDockerDomain(text: string): { readonly domain: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  const qualified = slash !== -1 && isRegistry(text.slice(0, slash));
  const written = qualified ? text.slice(0, slash) : dockerDomain;
  const rest = qualified ? text.slice(slash + 1) : text;
  const domain = written === legacyDockerDomain ? dockerDomain : written;
  const remainder = domain === dockerDomain && !rest.includes('/') ? officialNamespace + rest : rest;
  return { domain, remainder };
}

/** True when the first part of a name is a registry and not a namespace of Docker Hub. */
export function isRegistry(text: string): boolean {
  return text === 'localhost' || text.includes('.') || text.includes(':');
}

/** The short way to write a normalized reference: `docker.io/library/nginx:1` is `nginx:1`. */
export function familiarReference(ref: ImageReference): string {
  return formatReference({ ...ref, name: familiarName(ref) });
}

function familiarName({ domain, path, name }: ImageReference): string {
  if (domain !== dockerDomain) return name;
  const short = path.slice(officialNamespace.length);
  return path.startsWith(officialNamespace) && !short.includes('/') ? short : path;
}

/** The reference with `:latest` when it has neither tag nor digest. */
export function withDefaultTag(ref: ImageReference): ImageReference {
  return ref.tag === undefined && ref.digest === undefined ? { ...ref, tag: 'latest' } : ref;
}

/** The reference without its tag when it has a digest too: what CRI-O and podman ask for. */
export function preferDigest(ref: ImageReference): ImageReference {
  return ref.tag !== undefined && ref.digest !== undefined ? { ...ref, tag: undefined } : ref;
}

function isImageId(text: string): boolean {
  return text.length === 64 && isLowerHex(text);
}
