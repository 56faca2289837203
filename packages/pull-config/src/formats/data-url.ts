import { decodeBase64, decodeUtf8 } from '../pull/base64.ts';

/** The text of a `data:` URL (RFC 2397), as file contents stand in Ignition; undefined for another URL or a damaged one. */
export function readDataUrl(url: string): string | undefined {
  const comma = url.indexOf(',');
  const text = url.startsWith('data:') && comma !== -1 ? percentDecoded(url.slice(comma + 1)) : undefined;
  if (text === undefined || !url.slice(0, comma).endsWith(';base64')) return text;
  const bytes = decodeBase64(text);
  return bytes && decodeUtf8(bytes);
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
