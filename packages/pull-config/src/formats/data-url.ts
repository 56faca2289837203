import { decodeBase64, decodeUtf8 } from '../pull/base64.ts';

/** The text of a `data:` URL (RFC 2397), as file contents stand in Ignition; undefined for another URL or a damaged one. */
export function readDataUrl(url: string): string | undefined {
  const comma = url.indexOf(',');
  const text = url.startsWith('data:') && comma !== -1 ? percentDecoded(url.slice(comma + 1)) : undefined;
  if (text === undefined || !isBase64(url, comma)) return text;
  const bytes = decodeBase64(text);
  return bytes && decodeUtf8(bytes);
}

/** The bytes of a `data:` URL, for contents that need not be text; undefined for another URL or a damaged one. */
export function readDataUrlBytes(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',');
  if (!url.startsWith('data:') || comma === -1) return undefined;
  const bytes = percentDecodedBytes(url.slice(comma + 1));
  return bytes && isBase64(url, comma) ? decodeBase64(decodeUtf8(bytes)) : bytes;
}

function isBase64(url: string, comma: number): boolean {
  return url.slice(0, comma).endsWith(';base64');
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const percent = 0x25;

function percentDecodedBytes(text: string): Uint8Array | undefined {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0;
    const escaped = byte === percent ? hexByte(encoded[at + 1], encoded[at + 2]) : byte;
    if (escaped === undefined) return undefined;
    if (byte === percent) at += 2;
    bytes[length++] = escaped;
  }
  return bytes.subarray(0, length);
}

function hexByte(high: number | undefined, low: number | undefined): number | undefined {
  const [one, two] = [hexDigit(high), hexDigit(low)];
  return one === undefined || two === undefined ? undefined : one * 16 + two;
}

function hexDigit(code: number | undefined): number | undefined {
  const at = code === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return at === -1 ? undefined : at;
}
