import { isEncodedBytes } from '@pullpath/api';

/**
 * Bytes of a padded standard base64 text, or undefined where Go's `base64.StdEncoding` would refuse it: line ends are
 * skipped, padding is required, any other character is a fault.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  return isEncodedBytes(text) ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) : undefined;
}

/** Padded standard base64. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Bytes as text; what is no UTF-8 reads as U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
