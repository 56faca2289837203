export type { Account } from '../model/account.ts';
export type { Cluster, ClusterState } from '../model/cluster.ts';
export type { ErrorBody } from '../model/error-body.ts';
export type { ImageMirror, MirrorType } from '../model/image-mirror.ts';
export { pullpathIssuer } from '../model/issuer.ts';
export type { MirrorStatus, PoolStatus } from '../model/mirror-status.ts';
export type { Page } from '../model/page.ts';
export type { ImportRegistry, RegistryConfig, RegistrySources } from '../model/registry-config.ts';
export { getCurrentAccount } from './account.ts';
export {
  clusterOf,
  createCluster,
  deleteCluster,
  getCluster,
  getClusterPage,
  isHosted,
  listClusters,
  patchCluster,
  patchRegistryConfig,
} from './clusters.ts';
export type { TrustSettings } from './http/agents.ts';
export type { RetryPace } from './http/retry.ts';
export type { MirrorChange, NewMirror } from './image-mirrors.ts';
export {
  createImageMirror,
  deleteImageMirror,
  getImageMirror,
  getImageMirrorPage,
  getImageMirrorsStatus,
  imageMirrorOf,
  listImageMirrors,
  patchImageMirror,
} from './image-mirrors.ts';
export type { CallOptions, OcmClient, OcmRequest, OcmSettings, SeenExchange } from './ocm-client.ts';
export { connectOcm, defaultTokenUrl, defaultUrl } from './ocm-client.ts';
export type { OcmErrorCode, OcmErrorOptions } from './ocm-error.ts';
export { isAlreadyExists, isModified, isNotFound, OcmError } from './ocm-error.ts';
export type { ListQuery, PageQuery } from './pages.ts';
export { clusterPath, clustersPath, imageMirrorPath, imageMirrorsPath, segment } from './paths.ts';
export { listOf, recordOf, textOf } from './read-json.ts';
export { claimsOf, expiryOf } from './token/claims.ts';
export type { TokenSettings } from './token/token-source.ts';
