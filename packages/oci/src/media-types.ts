/** Media types of manifests (OCI image-spec 1.1, Docker image manifest version 2). */
export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifestV1: 'application/vnd.docker.distribution.manifest.v1+json',
  dockerManifestV1Signed: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
} as const;

/** What to accept when a manifest is asked for, as containers/image asks: a registry may pick any of them. */
export const acceptedManifests: readonly string[] = [
  mediaTypes.ociManifest,
  mediaTypes.dockerManifest,
  mediaTypes.dockerManifestV1Signed,
  mediaTypes.dockerManifestV1,
  mediaTypes.dockerList,
  mediaTypes.ociIndex,
];

/** What a media type stands for; `undefined` for one that is no manifest of version 2. Parameters are ignored. */
export function manifestKind(mediaType: string): 'image' | 'index' | undefined {
  const [bare = ''] = mediaType.split(';', 1);
  switch (bare.trim().toLowerCase()) {
    case mediaTypes.ociManifest:
    case mediaTypes.dockerManifest:
      return 'image';
    case mediaTypes.ociIndex:
    case mediaTypes.dockerList:
      return 'index';
    default:
      return undefined;
  }
}
