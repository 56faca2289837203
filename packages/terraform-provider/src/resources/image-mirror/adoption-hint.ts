import { listImageMirrors, type OcmClient, OcmError } from '@pullpath/ocm-api/client';
import type { MirrorState } from './state.ts';

/**
 * What to do about a source that the cluster has already: the command that adopts it. Empty where the failure is another
 * one, or where the mirror cannot be found.
 */
export async function adoptionHint(
  client: OcmClient,
  wanted: MirrorState,
  cause: unknown,
  signal: AbortSignal,
): Promise<string> {
  if (!(cause instanceof OcmError) || !/already exists/i.test(cause.message)) return '';
  const mirrors = await listImageMirrors(client, wanted.clusterId, { signal }).catch(() => []);
  const existing = mirrors.find(({ source }) => source === wanted.source);
  if (existing === undefined) return '';
  return `\n\nThe cluster has a mirror of this source already; a source can have one only. To manage that one with this resource, import it:\n\n  terraform import ADDRESS_OF_THIS_RESOURCE ${wanted.clusterId}:${existing.id}\n\nWith create_before_destroy the old mirror is still there when the new one is made; it works only where cluster_id changes.`;
}
