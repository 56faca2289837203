import { authLookup } from './auth-lookup.ts';
import { catalogImages } from './catalog-images.ts';
import { cliRender } from './cli-render.ts';
import { confLoad } from './conf-load.ts';
import { confResolve } from './conf-resolve.ts';
import { crdValidate } from './crd-validate.ts';
import { crioConfig } from './crio-config.ts';
import { endToEndObjects } from './end-to-end-objects.ts';
import { guestAdmission } from './guest-admission.ts';
import { hostedClusterToGuest } from './hosted-cluster-to-guest.ts';
import { icspMigrate } from './icsp-migrate.ts';
import { imagePolicy } from './image-policy.ts';
import { imageTagMirrorSetValidation } from './image-tag-mirror-set-validation.ts';
import { imagesetConfigValidation } from './imageset-config-validation.ts';
import { inplaceRollout } from './inplace-rollout.ts';
import { installConfigMirrors } from './install-config-mirrors.ts';
import { managedSourcePolicy } from './managed-source-policy.ts';
import { mgmtMirrorDetection } from './mgmt-mirror-detection.ts';
import { mirrorConfigmapParse } from './mirror-configmap-parse.ts';
import { mirrorMerge } from './mirror-merge.ts';
import { mirrorValidate } from './mirror-validate.ts';
import { nodeFiles } from './node-files.ts';
import { nodepoolConditions } from './nodepool-conditions.ts';
import { nodepoolConfig } from './nodepool-config.ts';
import { ocmRest } from './ocm/rest.ts';
import { rosaCli } from './ocm/rosa-cli.ts';
import { overridesEncoding } from './overrides-encoding.ts';
import { payloadBlock } from './payload-block.ts';
import { policyEval } from './policy-eval.ts';
import { policyJson } from './policy-json.ts';
import { poolStatus } from './pool-status.ts';
import { referenceOverrideResolution } from './reference-override-resolution.ts';
import { imageReferenceParse, referenceParse } from './reference-parse.ts';
import { registriesConf, registriesEdit } from './registries-conf.ts';
import { registryOverrideReplace } from './registry-override-replace.ts';
import { rollout } from './rollout.ts';
import { rolloutHash } from './rollout-hash.ts';
import type { Area } from './run-vectors.ts';
import { scopes } from './scopes.ts';
import { shortNames } from './short-names.ts';
import { terraformScenarios } from './terraform/scenarios.ts';
import { tfplugin6Wire } from './terraform/wire.ts';
import { tokenLifecycle } from './token-lifecycle.ts';

/** Every area that has a runner, by the name in its files. One file per area beside this one. */
export const areas: Readonly<Record<string, Area>> = {
  'conf-load': confLoad,
  'conf-resolve': confResolve,
  'short-names': shortNames,
  'auth-lookup': authLookup,
  'policy-eval': policyEval,
  'icsp-migrate': icspMigrate,
  'image-reference-parse': imageReferenceParse,
  'install-config-mirrors': installConfigMirrors,
  'reference-parse': referenceParse,
  'pool-status': poolStatus,
  rollout,
  scopes,
  'mirror-merge': mirrorMerge,
  'mirror-validate': mirrorValidate,
  'image-policy': imagePolicy,
  'policy-json': policyJson,
  'registries-conf': registriesConf,
  'registries-edit': registriesEdit,
  'crd-validate': crdValidate,
  'imageset-config-validation': imagesetConfigValidation,
  'image-tag-mirror-set-validation': imageTagMirrorSetValidation,
  'crio-config': crioConfig,
  'payload-block': payloadBlock,
  'catalog-images': catalogImages,
  'cli-render': cliRender,
  'mgmt-mirror-detection': mgmtMirrorDetection,
  'mirror-configmap-parse': mirrorConfigmapParse,
  'nodepool-config': nodepoolConfig,
  'overrides-encoding': overridesEncoding,
  'reference-override-resolution': referenceOverrideResolution,
  'registry-override-replace': registryOverrideReplace,
  'rollout-hash': rolloutHash,
  'node-files': nodeFiles,
  'ocm-rest': ocmRest,
  'rosa-cli': rosaCli,
  'terraform-scenarios': terraformScenarios,
  'tfplugin6-wire': tfplugin6Wire,
  'hosted-cluster-to-guest': hostedClusterToGuest,
  'guest-admission': guestAdmission,
  'end-to-end-objects': endToEndObjects,
  'inplace-rollout': inplaceRollout,
  'nodepool-conditions': nodepoolConditions,
  'token-lifecycle': tokenLifecycle,
  'managed-source-policy': managedSourcePolicy,
};
