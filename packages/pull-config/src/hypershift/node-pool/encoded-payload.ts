import { decodeBase64, encodeBase64 } from '../../pull/base64.ts';

/** Compression of bytes, given by whoever has it: Node's zlib, or a browser's streams read to the end. */
export interface GzipCodec {
  readonly gzip: (bytes: Uint8Array) => Uint8Array;
  /** Throws for bytes that are no gzip data. */
  readonly gunzip: (bytes: Uint8Array) => Uint8Array;
}

/** The raw configuration as a token secret holds it: gzip, then base64. Nothing stays nothing. */
export function encodePayload(raw: string, { gzip }: GzipCodec): string {
  if (raw === '') return '';
  return encodeBase64(gzip(new TextEncoder().encode(raw)));
}

/** Reads what `encodePayload` wrote, or why it cannot be read. */
export function decodePayload(
  encoded: string,
  { gunzip }: GzipCodec,
): { readonly ok: true; readonly raw: string } | { readonly ok: false; readonly message: string } {
  if (encoded === '') return { ok: true, raw: '' };
  const packed = decodeBase64(encoded);
  if (!packed) return { ok: false, message: 'the payload is no base64' };
  try {
    return { ok: true, raw: new TextDecoder('utf-8', { fatal: true }).decode(gunzip(packed)) };
  } catch (error) {
    return {
      ok: false,
      message: `the payload cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
