const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Bytes of a padded standard base64 text, or undefined where Go's `base64.StdEncoding` would refuse it: line ends are
 * skipped, padding is required, any other character is a fault.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const body = text.replaceAll('\r', '').replaceAll('\n', '');
  if (body.length % 4 !== 0) return undefined;
  const padding = body.endsWith('==') ? 2 : body.endsWith('=') ? 1 : 0;
  for (let at = 0; at < body.length - padding; at++) if (!alphabet.includes(body.charAt(at))) return undefined;
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
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
