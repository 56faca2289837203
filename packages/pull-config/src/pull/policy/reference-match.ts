import { type ImageReference, isMirrorLocation, parseNormalizedNamed } from '@pullpath/oci';
import type { JsonNode } from '../json-text.ts';
import type { ReferenceMatch } from './model.ts';
import { type PolicyFaults, type Reader, readStrictObject, readString } from './strict-object.ts';
import { readTypeName } from './type-name.ts';

/** What a requirement without `signedIdentity` asks for. */
export const defaultReferenceMatch: ReferenceMatch = { type: 'matchRepoDigestOrExact' };

/** Reads a `signedIdentity`. Source: containers/image `signature` newPolicyReferenceMatchFromJSON. */
export const readReferenceMatch: Reader<ReferenceMatch> = (node, faults) => {
  const type = readTypeName(node, faults);
  if (type === undefined) return undefined;
  const read = Object.hasOwn(matchReaders, type) ? matchReaders[type as ReferenceMatch['type']] : undefined;
  if (read) return read(node, faults);
  const message = `"${type}" is no type of signedIdentity`;
  faults.push({
    code: 'policy-unknown-match-type',
    message,
    place: node,
    expected: Object.keys(matchReaders).join(', '),
  });
  return undefined;
};

/**
 * True for what `prefix` and `signedPrefix` of remapIdentity may be: `host[:port][/path]`, no tag or digest. Source:
 * containers/image `signature` validateIdentityRemappingPrefix.
 */
export function isRemapPrefix(text: string): boolean {
  return isMirrorLocation(text);
}

const matchReaders: Readonly<Record<ReferenceMatch['type'], Reader<ReferenceMatch>>> = {
  matchExact: bare('matchExact'),
  matchRepoDigestOrExact: bare('matchRepoDigestOrExact'),
  matchRepository: bare('matchRepository'),
  exactReference: readExactReference,
  exactRepository: readExactRepository,
  remapIdentity: readRemapIdentity,
};

function bare(type: 'matchExact' | 'matchRepoDigestOrExact' | 'matchRepository'): Reader<ReferenceMatch> {
  return (node, faults) => readStrictObject(node, { type: readString }, ['type'], faults) && { type };
}

function readExactReference(node: JsonNode, faults: PolicyFaults): ReferenceMatch | undefined {
  const readers = { type: readString, dockerReference: readString };
  const fields = readStrictObject(node, readers, ['type', 'dockerReference'], faults);
  const dockerReference = fields?.dockerReference;
  if (dockerReference === undefined) return undefined;
  const ref = readReference(dockerReference, node, faults);
  if (ref && ref.tag === undefined && ref.digest === undefined) {
    const message = `dockerReference "${dockerReference}" has neither a tag nor a digest`;
    faults.push({ code: 'policy-reference-name-only', message, place: node });
  }
  return { type: 'exactReference', dockerReference };
}

function readExactRepository(node: JsonNode, faults: PolicyFaults): ReferenceMatch | undefined {
  const readers = { type: readString, dockerRepository: readString };
  const fields = readStrictObject(node, readers, ['type', 'dockerRepository'], faults);
  const dockerRepository = fields?.dockerRepository;
  if (dockerRepository === undefined) return undefined;
  readReference(dockerRepository, node, faults);
  return { type: 'exactRepository', dockerRepository };
}

function readRemapIdentity(node: JsonNode, faults: PolicyFaults): ReferenceMatch | undefined {
  const readers = { type: readString, prefix: readString, signedPrefix: readString };
  const fields = readStrictObject(node, readers, ['type', 'prefix', 'signedPrefix'], faults);
  if (fields?.prefix === undefined || fields.signedPrefix === undefined) return undefined;
  for (const prefix of [fields.prefix, fields.signedPrefix]) {
    if (isRemapPrefix(prefix)) continue;
    const message = `"${prefix}" is no prefix of an image name`;
    faults.push({ code: 'policy-remap-prefix-invalid', message, place: node, expected: 'host[:port][/path]' });
  }
  return { type: 'remapIdentity', prefix: fields.prefix, signedPrefix: fields.signedPrefix };
}

function readReference(text: string, place: JsonNode, faults: PolicyFaults): ImageReference | undefined {
  const parsed = parseNormalizedNamed(text);
  if (parsed.ok) return parsed.value;
  faults.push({ code: 'policy-reference-invalid', message: parsed.message, place });
  return undefined;
}
