import { digestFault } from './digest.ts';
import { manifestKind } from './media-types.ts';
import type { Platform } from './platform.ts';
import { type Fault, fault, type Result, success } from './result.ts';

/** A reference to content by digest. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  readonly platform?: Platform | undefined;
}

/** The manifest of one image. */
export interface ImageManifest {
  readonly kind: 'image';
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** An index or manifest list: one descriptor per platform. */
export interface ImageIndex {
  readonly kind: 'index';
  readonly manifests: readonly Descriptor[];
}

export type Manifest = ImageManifest | ImageIndex;

export type ManifestErrorCode = 'manifest-not-json' | 'manifest-shape' | 'manifest-ambiguous';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an OCI manifest or index, or a Docker version 2 manifest or list. Which of them it is comes from its fields; a
 * document that has those of both, or names the media type of the other, is refused, since two readers would differ on it
 * (CVE-2021-41190). Unknown fields are ignored.
 */
export function parseManifest(text: string): Result<Manifest, ManifestErrorCode> {
  const document = parseJson(text);
  if (document === undefined) return fault('manifest-not-json', 'the manifest is not a JSON object');
  const hasIndexFields = Object.hasOwn(document, 'manifests');
  const hasImageFields = Object.hasOwn(document, 'config') || Object.hasOwn(document, 'layers');
  const declared = typeof document['mediaType'] === 'string' ? manifestKind(document['mediaType']) : undefined;
  if (hasIndexFields && hasImageFields) return ambiguous('it has both manifests and config or layers');
  if (declared !== undefined && declared !== (hasIndexFields ? 'index' : 'image'))
    return ambiguous('its media type is that of the other kind');
  return hasIndexFields ? readIndex(document) : readImage(document);
}

function ambiguous(why: string): Fault<ManifestErrorCode> {
  return fault('manifest-ambiguous', `the manifest may be read as an image and as an index: ${why}`);
}

function parseJson(text: string): Json | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readIndex(document: Json): Result<ImageIndex, ManifestErrorCode> {
  const manifests = descriptorsOf(document['manifests']);
  if (manifests === undefined) return malformed('manifests');
  return success({ kind: 'index', manifests });
}

function readImage(document: Json): Result<ImageManifest, ManifestErrorCode> {
  const config = descriptorOf(document['config']);
  if (config === undefined) return malformed('config');
  const layers = descriptorsOf(document['layers']);
  if (layers === undefined) return malformed('layers');
  return success({ kind: 'image', config, layers });
}

function malformed(field: string): Fault<ManifestErrorCode> {
  return fault('manifest-shape', `${field} of the manifest is missing or holds no valid descriptor`);
}

function descriptorsOf(value: unknown): readonly Descriptor[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const descriptors = value.map(descriptorOf).filter((descriptor) => descriptor !== undefined);
  return descriptors.length === value.length ? descriptors : undefined;
}

function descriptorOf(value: unknown): Descriptor | undefined {
  const { mediaType, digest, size, platform } = asObject(value) ?? {};
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || typeof size !== 'number') return undefined;
  if (digestFault(digest) || !Number.isSafeInteger(size) || size < 0) return undefined;
  return { mediaType, digest, size, platform: platformOf(platform) };
}

function platformOf(value: unknown): Platform | undefined {
  const { os, architecture, variant } = asObject(value) ?? {};
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  return { os, architecture, variant: typeof variant === 'string' ? variant : undefined };
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
