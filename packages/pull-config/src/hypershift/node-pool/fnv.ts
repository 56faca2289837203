/**
 * HyperShift's short hash: FNV-1a, 32 bits, as 8 lower-case hex digits. Of a text its UTF-8 bytes count, of bytes the text
 * that Go prints for them, `[1 2 3]`.
 */
export function hashSimple(value: string | readonly number[]): string {
  return fnv1a32(typeof value === 'string' ? value : `[${value.join(' ')}]`);
}

function fnv1a32(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
