import type { KubeObject } from '@pullpath/api';
import { parseNamed } from '@pullpath/oci';
import {
  compileImageConfig,
  compileWithFaults,
  digestRules,
  isFatal,
  mergeMirrorSets,
  type NodeConfig,
  registriesFiles,
  tagRules,
} from '@pullpath/pull-config';
import { recordedError } from './fault-code.ts';
import { type MirrorObjects, registrySourcesOf, rulesOf, scopesOf } from './mirror-rules.ts';
import { payloadWarning } from './payload-block.ts';
import {
  clusterPoliciesOf,
  namespacedPoliciesOf,
  type RecordedNamespacedPolicies,
  type RecordedPolicies,
} from './policy-json.ts';
import type { Area } from './run-vectors.ts';

interface RuleInput extends MirrorObjects {
  readonly role: string;
  readonly releaseImage: string;
  readonly registrySources: Readonly<Record<string, string[] | null>>;
  readonly clusterImagePolicies: KubeObject[];
  readonly imagePolicies: KubeObject[];
}

interface SplitInput extends MirrorObjects {
  readonly role: string;
  readonly releaseImage: string;
  readonly insecure: string[] | null;
  readonly registriesBlocked: string[] | null;
  readonly policyBlocked: string[] | null;
  readonly allowed: string[] | null;
  readonly search: string[] | null;
  readonly clusterScopePolicies: RecordedPolicies;
  readonly scopeNamespacePolicies: RecordedNamespacedPolicies;
}

/** node-config `node-files`: the whole chain, and the chain from lists that are split already. */
export const nodeFiles: Area = {
  renderNodeFiles: (input: RuleInput) => {
    const { config, faults } = compileWithFaults(
      {
        rules: rulesOf(input),
        hasMirrorObjects: hasObjects(input),
        registrySources: registrySourcesOf(input.registrySources),
        releaseImage: { image: input.releaseImage },
        clusterImagePolicies: input.clusterImagePolicies.map((object) => ({ object })),
        imagePolicies: input.imagePolicies.map((object) => ({ object })),
        containerRuntimeConfigs: [],
      },
      { pool: input.role, dialect: '4.19' },
    );
    const fault = faults.find(isFatal);
    if (fault)
      return { error: recordedError(fault), stage: fault.code === 'release-image-format' ? 'payload' : 'render' };
    if (!config) throw new Error('neither a configuration nor a fault');
    return {
      warning: payloadWarning(config.decisions.payload.leftOpen),
      files: registriesFiles(config, { dialect: '4.19' }),
    };
  },
  renderIgnitionFiles: (input: SplitInput) => {
    const { files, faults } = compileImageConfig(splitInput(input), '4.19');
    const fault = faults.find(isFatal);
    if (fault) return { error: recordedError(fault) };
    return { files: registriesFiles({ ...nothing, ...files }, { dialect: '4.19' }) };
  },
};

function hasObjects({ icsp, idms, itms }: MirrorObjects): boolean {
  return [icsp, idms, itms].some((objects) => (objects ?? []).length > 0);
}

function splitInput(input: SplitInput): Parameters<typeof compileImageConfig>[0] {
  const rules = rulesOf(input);
  const release = parseNamed(input.releaseImage);
  return {
    rules,
    hasMirrorObjects: hasObjects(input),
    digestSets: mergeMirrorSets(digestRules(rules)),
    tagSets: mergeMirrorSets(tagRules(rules)),
    insecure: scopesOf('insecureRegistries', input.insecure),
    search: scopesOf('containerRuntimeSearchRegistries', input.search),
    policies: {
      cluster: clusterPoliciesOf(input.clusterScopePolicies),
      namespaced: namespacedPoliciesOf(input.scopeNamespacePolicies),
    },
    payload: {
      registriesBlocked: scopesOf('blockedRegistries', input.registriesBlocked),
      policyBlocked: scopesOf('blockedRegistries', input.policyBlocked),
      allowed: scopesOf('allowedRegistries', input.allowed),
      payloadRepository: release.ok ? release.value.name : undefined,
      leftOpen: [],
      faults: [],
    },
  };
}

const nothing: NodeConfig = {
  pool: 'worker',
  namespacedPolicies: [],
  certificates: [],
  containerRuntime: [],
  decisions: { payload: { leftOpen: [], faults: [] }, digestSets: [], tagSets: [] },
};
