import { createHash } from 'node:crypto';

/**
 * The id of a mirror that the API did not make: the same in every answer without being kept anywhere. Shaped as a UUID of
 * version 8 (RFC 9562), so that it never is the id of one that the API made.
 */
export function derivedId(clusterUid: string, type: string, source: string, occurrence: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([clusterUid, type, source, occurrence]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
