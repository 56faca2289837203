import {
  createImageMirror,
  deleteImageMirror,
  isNotFound,
  listImageMirrors,
  type OcmClient,
  patchImageMirror,
} from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { retryConflicts } from '../../provider/retry.ts';
import { requireReadyHostedCluster } from '../image-mirror/create.ts';
import { type MirrorMap, type SetDifference, setDifference } from './difference.ts';

/**
 * Makes the mirrors of a cluster those of the set, one write after the other; first what goes, so that no source is there
 * twice. Each run begins with what the server has, so a run that was cut short is finished by the next.
 */
export async function reconcileMirrors(
  clusterId: string,
  wanted: MirrorMap,
  { context, signal }: Call<Context>,
): Promise<void> {
  const client = context.client();
  await context.writes(clusterId, async () => {
    await requireReadyHostedCluster(client, clusterId, signal);
    try {
      await writeDifference(
        client,
        clusterId,
        setDifference(await listImageMirrors(client, clusterId, { signal }), wanted),
        signal,
      );
    } catch (cause) {
      const detail = `Could not set the image mirrors of cluster '${clusterId}': ${reasonOf(cause)}. What was written before this stays; apply again to go on.`;
      throw new Failure('Failed to Set Image Mirrors', detail, { cause });
    }
  });
}

async function writeDifference(
  client: OcmClient,
  clusterId: string,
  { remove, replace, add }: SetDifference,
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of remove) await retryConflicts(() => removeMirror(client, clusterId, id, signal), signal);
  for (const { mirror, mirrors } of replace) {
    await retryConflicts(
      () => patchImageMirror(client, clusterId, mirror.id, { mirrors, type: 'digest' }, { signal }),
      signal,
    );
  }
  for (const { source, mirrors } of add) {
    await retryConflicts(
      () => createImageMirror(client, clusterId, { source, mirrors, type: 'digest' }, { signal }),
      signal,
    );
  }
}

async function removeMirror(client: OcmClient, clusterId: string, id: string, signal: AbortSignal): Promise<void> {
  try {
    await deleteImageMirror(client, clusterId, id, { signal });
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
  }
}
