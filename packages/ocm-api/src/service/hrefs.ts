const clusters = '/api/clusters_mgmt/v1/clusters';

/** Paths of what the API serves, as its answers name them. */
export const hrefs = {
  cluster: (id: string): string => `${clusters}/${encodeURIComponent(id)}`,
  imageMirror: (cluster: string, id: string): string =>
    `${clusters}/${encodeURIComponent(cluster)}/image_mirrors/${encodeURIComponent(id)}`,
  mirrorStatus: (cluster: string, id?: string): string =>
    `${clusters}/${encodeURIComponent(cluster)}/image_mirrors/${id === undefined ? '' : `${encodeURIComponent(id)}/`}status`,
  nodePool: (cluster: string, id: string): string =>
    `${clusters}/${encodeURIComponent(cluster)}/node_pools/${encodeURIComponent(id)}`,
};
