export { mirrorsOfCluster } from '../collect/cluster-mirrors.ts';
export type { CoreIgnition } from './control-plane/core-ignition.ts';
export { coreIgnitionConfigs } from './control-plane/core-ignition.ts';
export { hostedControlPlaneSpec, trustBundleName } from './control-plane/hosted-control-plane.ts';
export { controlPlaneNamespace, marks, mirrorCopyName, tagMirrorRecordName } from './control-plane/names.ts';
export { tagMirrorRecord } from './control-plane/tag-mirror-record.ts';
export { durationMs } from './create-cluster/duration.ts';
export * from './create-cluster/index.ts';
export {
  guestAdmissionPolicies,
  guestRefusal,
  guestWriteExpression,
  guestWriter,
} from './guest/admission-policies.ts';
export type { GuestMirrors } from './guest/guest-mirrors.ts';
export { guestMirrors } from './guest/guest-mirrors.ts';
export type { PoolDocuments } from './guest/pool-copies.ts';
export { guestPoolCopies } from './guest/pool-copies.ts';
export type { CatalogImages } from './management/catalog-images.ts';
export { chooseCatalogImages } from './management/catalog-images.ts';
export type { MirrorCapabilities } from './management/detect-mirrors.ts';
export { detectManagementMirrors } from './management/detect-mirrors.ts';
export { managedSourceFaults } from './management/managed-source-policy.ts';
export { availabilityTtlSeconds, MirrorAvailability } from './management/mirror-availability.ts';
export type { ImageOverrides } from './management/overrides-encoding.ts';
export {
  decodeImageOverrides,
  encodeImageOverrides,
  encodeRegistryOverrides,
} from './management/overrides-encoding.ts';
export type { OverrideMatch } from './management/reference-overrides.ts';
export {
  matchOverride,
  overrideCandidates,
  overrideExact,
  overrideNamespace,
  overrideRoot,
  seekOverride,
} from './management/reference-overrides.ts';
export type { ReferenceParts } from './management/reference-parts.ts';
export { referenceParts } from './management/reference-parts.ts';
export type { ComponentImages, RegistryOverrides } from './management/registry-overrides.ts';
export { overrideComponentImages, replaceRegistry } from './management/registry-overrides.ts';
export type {
  CopyDecision,
  MirrorCandidate,
  MirrorCondition,
  MirrorConditionReason,
  MirrorDecision,
  MirrorInput,
} from './mirror-config/decide-mirrors.ts';
export { decideMirrors } from './mirror-config/decide-mirrors.ts';
export type { HeldConfig, MirrorCopy } from './mirror-config/held-config.ts';
export { mirrorCopyAnnotations, mirrorCopyData, mirrorHash, readMirrorCopy } from './mirror-config/held-config.ts';
export { validateImageTagMirrorSet } from './mirror-config/image-tag-mirror-set.ts';
export { isHostedMirrorRecord } from './mirror-config/mirror-scope.ts';
export type { MirrorWarning } from './mirror-config/mirror-warnings.ts';
export { mirrorWarnings } from './mirror-config/mirror-warnings.ts';
export type {
  MirrorConfig,
  MirrorConfigFault,
  MirrorConfigKey,
  MirrorConfigReason,
  MirrorConfigRef,
} from './mirror-config/parse-config-map.ts';
export { parseMirrorConfigMap } from './mirror-config/parse-config-map.ts';
export { clusterDigestMirrorSet, clusterMirrorText, clusterTagMirrorSet } from './node-pool/cluster-mirror-objects.ts';
export type { ConfigManifest } from './node-pool/config-manifest.ts';
export { defaultConfigManifest } from './node-pool/config-manifest.ts';
export { coreConfigs, expectedCoreConfigs, mirrorConfigName } from './node-pool/core-configs.ts';
export type { GzipCodec } from './node-pool/encoded-payload.ts';
export { decodePayload, encodePayload } from './node-pool/encoded-payload.ts';
export { hashSimple } from './node-pool/fnv.ts';
export type { GlobalConfigInput } from './node-pool/global-config.ts';
export { globalConfigText } from './node-pool/global-config.ts';
export type { IgnitionAnswer, IgnitionRequest, TokenPayload } from './node-pool/ignition-answer.ts';
export { ignitionAnswer } from './node-pool/ignition-answer.ts';
export type { InPlaceNode } from './node-pool/in-place-rollout.ts';
export {
  degradedInPlace,
  inPlaceCandidates,
  isInPlaceComplete,
  scaleInPlace,
  selectInPlace,
} from './node-pool/in-place-rollout.ts';
export type { NodePoolContent, NodePoolObjects } from './node-pool/live-node-pool.ts';
export { nodePoolContent, nodePoolFiles } from './node-pool/live-node-pool.ts';
export type { NodePoolPayload } from './node-pool/payload.ts';
export { renderNodePoolPayload } from './node-pool/payload.ts';
export type { PoolIgnition } from './node-pool/pool-ignition.ts';
export { poolIgnition } from './node-pool/pool-ignition.ts';
export type { MachineStep, PoolMachine } from './node-pool/pool-machine.ts';
export type { ConfigFault, ConfigText, RawConfig } from './node-pool/raw-config.ts';
export { rawConfig } from './node-pool/raw-config.ts';
export type { ReplaceInput } from './node-pool/replace-rollout.ts';
export { replaceStep } from './node-pool/replace-rollout.ts';
export type { RolloutHashes, RolloutInput } from './node-pool/rollout-hash.ts';
export { hashConfigMapData, rolloutHashes } from './node-pool/rollout-hash.ts';
export type { NamedSecret, Outdated } from './node-pool/token-lifecycle.ts';
export {
  isTokenExpired,
  outdatedSecrets,
  renderedConfigName,
  rotatedTokens,
  tokenExpiration,
  tokenNeedsRotation,
  tokenRotationDueMs,
  tokenSecretName,
  userDataSecretName,
} from './node-pool/token-lifecycle.ts';
export type { UserDataInput } from './node-pool/user-data.ts';
export { userDataStub } from './node-pool/user-data.ts';
export type { ReleaseVersion } from './release-version.ts';
export {
  compareReleaseVersions,
  isReleaseAtLeast,
  parseReleaseVersion,
  versionOfReleaseImage,
} from './release-version.ts';
export type { FoundCondition } from './status/condition.ts';
export type { HostedClusterFacts, MirrorConfigStatus } from './status/hosted-cluster.ts';
export {
  hostedClusterConditions,
  hostedClusterVersion,
  mirrorConfigStatus,
  versionStatus,
} from './status/hosted-cluster.ts';
export type { ConfigRollout, NodePoolFacts, PayloadReport } from './status/node-pool.ts';
export {
  isUpdatingConfig,
  nodePoolConditions,
  reachedIgnitionEndpoint,
  updatingConfig,
  validGeneratedPayload,
  validMachineConfig,
  waitingForMirrors,
} from './status/node-pool.ts';
export type { Activity } from './status/reconciliation-active.ts';
export { reconciliationActivity } from './status/reconciliation-active.ts';
