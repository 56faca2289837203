import { validateObject } from '@pullpath/api';
import { CodedError } from '@pullpath/diagnostics';
import { faultsOfStored } from '@pullpath/pull-config';
import { UsageError } from '../usage-error.ts';
import type { LiveFlags } from './live-api.ts';
import type { LoadedInput } from './load-objects.ts';

/**
 * The state of an API server in the shape of manifests that were read from files. Throws `UsageError` where there is no
 * kubeconfig; `manifests` are the words for what could be given instead.
 */
export async function loadLive(flags: LiveFlags, manifests: string): Promise<LoadedInput> {
  // Loaded here: a client of API servers is larger than all that answers from files.
  const [{ withLiveApi }, { liveObjects }] = await Promise.all([import('./live-api.ts'), import('./live-objects.ts')]);
  const objects = await withLiveApi(flags, liveObjects).catch((error: unknown) => {
    throw hasNoConfig(error) ? new UsageError(`name ${manifests}, or an API server with --kubeconfig`) : error;
  });
  const diagnostics = faultsOfStored(objects.flatMap((object) => validateObject(object)));
  return { objects, diagnostics, texts: new Map() };
}

function hasNoConfig(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'kube-config' && error.message === 'there is no kubeconfig';
}
