import {
  getCluster,
  type ImageMirror,
  isHosted,
  type OcmClient,
  createImageMirror as postMirror,
} from '@pullpath/ocm-api/client';
import { Failure } from '../../framework/diagnostic.ts';
import type { Applied, Call } from '../../framework/resource.ts';
import type { Context } from '../../provider/context.ts';
import { reasonOf } from '../../provider/reason.ts';
import { retryConflicts } from '../../provider/retry.ts';
import type { ObjectValue } from '../../wire/values.ts';
import { adoptionHint } from './adoption-hint.ts';
import { type MirrorState, mirrorState, stateWritten } from './state.ts';

/** Reads the cluster, which must be ready and hosted, in that order of complaint; then adds the mirror. */
export async function createImageMirror(planned: ObjectValue, { context, signal }: Call<Context>): Promise<Applied> {
  const wanted = mirrorState(planned);
  const client = context.client();
  const mirror = await context.writes(wanted.clusterId, async () => {
    await requireReadyHostedCluster(client, wanted.clusterId, signal);
    return addMirror(client, wanted, context.published, signal);
  });
  return { state: stateWritten(planned, mirror, undefined, context.published) };
}

/** Throws unless the cluster takes mirrors now. */
export async function requireReadyHostedCluster(client: OcmClient, id: string, signal: AbortSignal): Promise<void> {
  const cluster = await getCluster(client, id, { signal }).catch((cause: unknown) => {
    throw new Failure('Failed to Get Cluster', `Could not retrieve cluster '${id}': ${reasonOf(cause)}`, { cause });
  });
  if (cluster.state !== 'ready') throw new Failure('Cluster Not Ready', `Cluster '${id}' is not ready`);
  if (!isHosted(cluster)) throw new Failure('Unsupported Cluster Type', onlyHosted);
}

const onlyHosted = 'Image mirrors are only supported on Hosted Control Plane clusters';

async function addMirror(
  client: OcmClient,
  wanted: MirrorState,
  published: boolean,
  signal: AbortSignal,
): Promise<ImageMirror> {
  const write = () => postMirror(client, wanted.clusterId, wanted, { signal });
  try {
    return await (published ? write() : retryConflicts(write, signal));
  } catch (cause) {
    const hint = published ? '' : await adoptionHint(client, wanted, cause, signal);
    throw new Failure('Failed to Create Image Mirror', `Could not create image mirror: ${reasonOf(cause)}${hint}`, {
      cause,
    });
  }
}
