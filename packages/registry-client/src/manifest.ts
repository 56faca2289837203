import { createHash } from 'node:crypto';
import type { HttpResponse } from './http/transport.ts';
import { RegistryError } from './registry-error.ts';

/** What a registry says of a manifest without sending it. */
export interface ManifestHead {
  /** `algorithm:hex`; undefined when the registry names none and the request was by tag. */
  readonly digest: string | undefined;
  readonly mediaType: string;
  /** In bytes, when stated. */
  readonly size: number | undefined;
}

export interface Manifest extends ManifestHead {
  readonly digest: string;
  readonly size: number;
  /** The exact bytes that have the digest. */
  readonly bytes: Buffer;
}

/** Reads the headers of an answer for `reference`. A digest in them that differs from the one asked for is an error. */
export function manifestHead({ headers, url }: HttpResponse, reference: string): ManifestHead {
  const stated = single(headers['docker-content-digest']);
  const asked = isDigest(reference) ? reference : undefined;
  if (asked !== undefined && stated !== undefined && stated !== asked) throw mismatch(url, asked, stated);
  const length = single(headers['content-length']);
  return {
    digest: asked ?? stated,
    mediaType: (single(headers['content-type']) ?? '').split(';', 1)[0]?.trim() ?? '',
    size: length === undefined ? undefined : Number(length),
  };
}

/** Checks the bytes of a manifest against the digest that was asked for or stated. */
export function verifiedManifest(head: ManifestHead, bytes: Buffer, url: URL): Manifest {
  const expected = head.digest ?? digestOf('sha256', bytes);
  const algorithm = expected.slice(0, expected.indexOf(':'));
  if (!algorithms.has(algorithm))
    throw new RegistryError('registry-protocol', `${url.host} names a digest of an unknown kind`);
  const actual = digestOf(algorithm, bytes);
  if (actual !== expected) throw mismatch(url, expected, actual);
  return { ...head, digest: actual, size: bytes.length, bytes };
}

/** True for `algorithm:hex`, which no tag can be. */
function isDigest(reference: string): boolean {
  return reference.includes(':');
}

const algorithms: ReadonlySet<string> = new Set(['sha256', 'sha384', 'sha512']);

function digestOf(algorithm: string, bytes: Buffer): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function mismatch(url: URL, expected: string, actual: string): RegistryError {
  const hint = 'the registry serves other bytes under this name; push the image again';
  return new RegistryError('registry-digest-mismatch', `${url.host}: got ${actual}, expected ${expected}`, { hint });
}
