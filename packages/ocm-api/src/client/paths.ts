import { OcmError } from './ocm-error.ts';

/**
 * One segment of a path. Throws `ocm-settings` for what would lead elsewhere: nothing at all, and dots, which every reader
 * of URLs resolves even when they are encoded.
 */
export function segment(id: string): string {
  if (['', '.', '..'].includes(id)) throw new OcmError('ocm-settings', `'${id}' is no id`);
  return encodeURIComponent(id);
}

export const clustersPath = '/api/clusters_mgmt/v1/clusters';

export function clusterPath(id: string): string {
  return `${clustersPath}/${segment(id)}`;
}

export function imageMirrorsPath(cluster: string): string {
  return `${clusterPath(cluster)}/image_mirrors`;
}

export function imageMirrorPath(cluster: string, id: string): string {
  return `${imageMirrorsPath(cluster)}/${segment(id)}`;
}
