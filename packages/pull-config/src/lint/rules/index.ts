import type { LintRule } from '../rule.ts';
import { allowedAndBlockedBothSet } from './allowed-and-blocked-both-set.ts';
import { allowedListMissesMirror } from './allowed-list-misses-mirror.ts';
import { allowedListMissesPayload } from './allowed-list-misses-payload.ts';
import { caPortSeparator } from './ca-port-separator.ts';
import { containerRuntimeConfigLimit } from './container-runtime-config-limit.ts';
import { containerRuntimeConfigSelectsNoPool } from './container-runtime-config-selects-no-pool.ts';
import { disruptionPolicyWithoutReload } from './disruption-policy-without-reload.ts';
import { dockerIoShortSource } from './docker-io-short-source.ts';
import { duplicateSource } from './duplicate-source.ts';
import { hostOnlyMirrorForRepository } from './host-only-mirror-for-repository.ts';
import { icspDeprecated } from './icsp-deprecated.ts';
import { icspGarbage } from './icsp-garbage.ts';
import { icspInMirrorConfigMap } from './icsp-in-mirror-config-map.ts';
import { imageContentPolicyIneffective } from './image-content-policy-ineffective.ts';
import { insecureNotInAllowed } from './insecure-not-in-allowed.ts';
import { nearMissOfKind } from './kind-near-miss.ts';
import { legacyAndUnifiedBothSet } from './legacy-and-unified-both-set.ts';
import { machineConfigWritesRegistriesConf } from './machine-config-writes-registries-conf.ts';
import { maxUnavailableSurprise } from './max-unavailable.ts';
import { mergeOrderCycle } from './merge-order-cycle.ts';
import { mirrorConfigMapUnreferenced } from './mirror-config-map-unreferenced.ts';
import { mirrorDockerIoNeedsLibrary } from './mirror-docker-io-needs-library.ts';
import { mirrorHostLooksLikePath } from './mirror-host-looks-like-path.ts';
import { mirrorObjectBesideHostedCluster } from './mirror-object-beside-hosted-cluster.ts';
import { mirrorOrderLostAcrossObjects } from './mirror-order-lost-across-objects.ts';
import { mirrorSourceNotAllowed } from './mirror-source-not-allowed.ts';
import { mirrorSourcePolicyInvalid } from './mirror-source-policy-invalid.ts';
import { mirrorWithoutCa } from './mirror-without-ca.ts';
import { mirrorWithoutCredentials } from './mirror-without-credentials.ts';
import { neverContactSourceStrandsDigests } from './never-contact-source-strands-digests.ts';
import { neverContactSourceStrandsTags } from './never-contact-source-strands-tags.ts';
import { neverLeakByNestedScope } from './never-leak-by-nested-scope.ts';
import { neverWithoutMirrors } from './never-without-mirrors.ts';
import { noMirrors } from './no-mirrors.ts';
import { olmCatalogsIgnoreMirrors } from './olm-catalogs-ignore-mirrors.ts';
import { payloadBlockRejectsComponents } from './payload-block-rejects-components.ts';
import { payloadBlockRejectsEverything } from './payload-block-rejects-everything.ts';
import { poolPaused } from './pool-paused.ts';
import { sameLocationForDigestAndTag } from './same-location-for-digest-and-tag.ts';
import { schemeInLocation } from './scheme-in-location.ts';
import { searchListReboots } from './search-list-reboots.ts';
import { searchRegistrySyntax } from './search-registry-syntax.ts';
import { sedConvertedIcsp } from './sed-converted-icsp.ts';
import { semverBoundWithoutPrerelease } from './semver-bound-without-prerelease.ts';
import { setWithoutRealMirror } from './set-without-real-mirror.ts';
import { shadowedByLongerScope } from './shadowed-by-longer-scope.ts';
import { shortNameSearchExposesCredentials } from './short-name-search-exposes-credentials.ts';
import { tagOrDigestInScope } from './tag-or-digest-in-scope.ts';
import { upperCaseHost } from './upper-case-host.ts';
import { versionBoundsInverted } from './version-bounds-inverted.ts';
import { wildcardSource } from './wildcard-source.ts';

/** Every rule, in the order of their topics. */
export const lintRules: readonly LintRule[] = [
  mirrorSourcePolicyInvalid,
  schemeInLocation,
  tagOrDigestInScope,
  upperCaseHost,
  noMirrors,
  setWithoutRealMirror,
  neverWithoutMirrors,
  neverContactSourceStrandsTags,
  neverContactSourceStrandsDigests,
  neverLeakByNestedScope,
  shadowedByLongerScope,
  duplicateSource,
  mergeOrderCycle,
  mirrorOrderLostAcrossObjects,
  wildcardSource,
  sameLocationForDigestAndTag,
  hostOnlyMirrorForRepository,
  mirrorDockerIoNeedsLibrary,
  mirrorHostLooksLikePath,
  dockerIoShortSource,
  payloadBlockRejectsEverything,
  payloadBlockRejectsComponents,
  allowedAndBlockedBothSet,
  allowedListMissesPayload,
  allowedListMissesMirror,
  mirrorSourceNotAllowed,
  insecureNotInAllowed,
  searchRegistrySyntax,
  shortNameSearchExposesCredentials,
  searchListReboots,
  icspDeprecated,
  icspGarbage,
  sedConvertedIcsp,
  imageContentPolicyIneffective,
  nearMissOfKind,
  caPortSeparator,
  mirrorWithoutCa,
  mirrorWithoutCredentials,
  legacyAndUnifiedBothSet,
  mirrorConfigMapUnreferenced,
  mirrorObjectBesideHostedCluster,
  olmCatalogsIgnoreMirrors,
  machineConfigWritesRegistriesConf,
  containerRuntimeConfigSelectsNoPool,
  containerRuntimeConfigLimit,
  poolPaused,
  maxUnavailableSurprise,
  semverBoundWithoutPrerelease,
  versionBoundsInverted,
  icspInMirrorConfigMap,
  disruptionPolicyWithoutReload,
];
