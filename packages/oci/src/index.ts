export type { DigestErrorCode } from './digest.ts';
export { digestFault } from './digest.ts';
export type { ImageSpec, ImageSpecErrorCode } from './image-spec.ts';
export { parseImageSpec } from './image-spec.ts';
export { isMirrorLocation, isMirrorSource } from './location.ts';
export type { Descriptor, ImageIndex, ImageManifest, Manifest, ManifestErrorCode } from './manifest.ts';
export { parseManifest } from './manifest.ts';
export { acceptedManifests, manifestKind, mediaTypes } from './media-types.ts';
export type { AnyReference } from './normalize.ts';
export {
  familiarReference,
  isDockerHub,
  isRegistry,
  parseAnyReference,
  parseDockerRef,
  parseNamed,
  parseNormalizedNamed,
  preferDigest,
  splitDockerDomain,
  withDefaultTag,
} from './normalize.ts';
export type { Platform } from './platform.ts';
export { formatPlatform, parsePlatform, servesPlatform } from './platform.ts';
export { isBoundary, matchPrefix } from './prefix.ts';
export type { ImageReference, ReferenceErrorCode } from './reference.ts';
export { formatReference, isDomain, isTag, maxNameLength, parseReference } from './reference.ts';
export type { Fault, Result } from './result.ts';
export { fault, quoted, success } from './result.ts';
export { hasRealMirror, isNested, isValidScope } from './scope.ts';
