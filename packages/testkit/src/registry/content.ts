import { createHash } from 'node:crypto';

export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly digest: string;
}

/** What a registry holds, by repository. */
export class RegistryContent {
  readonly #manifests = new Map<string, StoredManifest>();
  readonly #blobs = new Map<string, Buffer>();
  readonly #tags = new Map<string, Set<string>>();

  /** Stores a manifest under its digest, and under `reference` when that is a tag. Gives the digest. */
  putManifest(repository: string, reference: string, bytes: Buffer, mediaType: string): string {
    const digest = digestOf(bytes);
    const stored = { bytes, mediaType, digest };
    this.#manifests.set(`${repository} ${digest}`, stored);
    if (!reference.includes(':')) {
      this.#manifests.set(`${repository} ${reference}`, stored);
      this.#tags.set(repository, (this.#tags.get(repository) ?? new Set()).add(reference));
    }
    return digest;
  }

  putBlob(repository: string, bytes: Buffer): string {
    const digest = digestOf(bytes);
    this.#blobs.set(`${repository} ${digest}`, bytes);
    return digest;
  }

  manifest(repository: string, reference: string): StoredManifest | undefined {
    return this.#manifests.get(`${repository} ${reference}`);
  }

  blob(repository: string, digest: string): Buffer | undefined {
    return this.#blobs.get(`${repository} ${digest}`);
  }

  /** Ascending; undefined for a repository that does not exist. */
  tags(repository: string): string[] | undefined {
    const tags = this.#tags.get(repository);
    return tags && [...tags].sort();
  }
}

/** `sha256:` and the hex digest. */
function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
