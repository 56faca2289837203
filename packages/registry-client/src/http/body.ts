import type { Readable } from 'node:stream';
import { RegistryError } from '../registry-error.ts';
import { networkError } from './network-error.ts';

/**
 * The whole body, `limit` bytes at most: `registry-body-too-large` beyond, `registry-body-truncated` when the connection
 * ends early. Never reads much more than it gives.
 */
export async function readBody(
  body: Readable,
  limit: number,
  what: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(what, limit);
      chunks.push(chunk);
    }
  } catch (error) {
    throw isCut(error) ? truncated(what, error) : networkError(error, what, signal);
  }
  return Buffer.concat(chunks);
}

/** The first `limit` bytes of a body that only explains a failure; what goes wrong with it does not matter more than that. */
export async function readExcerpt(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) break;
    }
  } catch {
    // The status is the failure to report; a broken explanation of it adds nothing.
    return Buffer.alloc(0);
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

const drainLimit = 64 * 1024;

/** Lets go of a body that nobody reads: a short one is drained, so that its connection serves the next request. */
export function discardBody(body: Readable): void {
  let left = drainLimit;
  // Whatever happens to it now concerns nobody.
  body.on('error', () => undefined);
  body.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) body.destroy();
  });
}

function tooLarge(what: string, limit: number): RegistryError {
  return new RegistryError('registry-body-too-large', `${what} is larger than ${limit} bytes`);
}

function truncated(what: string, cause: unknown): RegistryError {
  const hint = 'the registry, or a proxy before it, cut the connection';
  return new RegistryError('registry-body-truncated', `${what} ends early`, { hint, cause });
}

function isCut(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}
