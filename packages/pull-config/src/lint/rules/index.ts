import type { LintRule } from '../rule.ts';
import { dockerIoShortSource } from './docker-io-short-source.ts';
import { duplicateSource } from './duplicate-source.ts';
import { hostOnlyMirrorForRepository } from './host-only-mirror-for-repository.ts';
import { mergeOrderCycle } from './merge-order-cycle.ts';
import { mirrorDockerIoNeedsLibrary } from './mirror-docker-io-needs-library.ts';
import { mirrorHostLooksLikePath } from './mirror-host-looks-like-path.ts';
import { mirrorOrderLostAcrossObjects } from './mirror-order-lost-across-objects.ts';
import { mirrorSourcePolicyInvalid } from './mirror-source-policy-invalid.ts';
import { neverContactSourceStrandsDigests } from './never-contact-source-strands-digests.ts';
import { neverContactSourceStrandsTags } from './never-contact-source-strands-tags.ts';
import { neverLeakByNestedScope } from './never-leak-by-nested-scope.ts';
import { neverWithoutMirrors } from './never-without-mirrors.ts';
import { noMirrors } from './no-mirrors.ts';
import { payloadBlockRejectsComponents } from './payload-block-rejects-components.ts';
import { payloadBlockRejectsEverything } from './payload-block-rejects-everything.ts';
import { sameLocationForDigestAndTag } from './same-location-for-digest-and-tag.ts';
import { schemeInLocation } from './scheme-in-location.ts';
import { setWithoutRealMirror } from './set-without-real-mirror.ts';
import { shadowedByLongerScope } from './shadowed-by-longer-scope.ts';
import { tagOrDigestInScope } from './tag-or-digest-in-scope.ts';
import { upperCaseHost } from './upper-case-host.ts';
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
];
