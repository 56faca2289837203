import { apiVersionOf, findKind, type KindDefinition } from '@pullpath/api';
import type { Watched } from '../../manager/watched.ts';
import { contentSourcePolicies, digestMirrorSets, tagMirrorSets } from '../../resources.ts';

export const admissionPolicies: Watched = admission('validatingadmissionpolicies', 'ValidatingAdmissionPolicy');
export const admissionPolicyBindings: Watched = admission(
  'validatingadmissionpolicybindings',
  'ValidatingAdmissionPolicyBinding',
);

export const customResourceDefinitions: Watched = {
  resource: {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    namespaced: false,
  },
};

/** What is looked at in every hosted cluster. */
export const guestCollections: readonly Watched[] = [
  digestMirrorSets,
  tagMirrorSets,
  contentSourcePolicies,
  admissionPolicies,
  admissionPolicyBindings,
];

/** Kinds that a hosted cluster needs for its mirrors, its nodes and their agents. */
export const guestKinds: readonly KindDefinition[] = [
  ['config.openshift.io/v1', 'ImageDigestMirrorSet'],
  ['config.openshift.io/v1', 'ImageTagMirrorSet'],
  ['operator.openshift.io/v1alpha1', 'ImageContentSourcePolicy'],
  ['machineconfiguration.openshift.io/v1', 'MachineConfig'],
  ['operator.openshift.io/v1', 'MachineConfiguration'],
].map(([apiVersion = '', kind = '']) => {
  const definition = findKind(apiVersion, kind);
  if (!definition) throw new Error(`there is no kind ${kind} of ${apiVersion}`);
  return definition;
});

/** `/apis/<group>/<version>` of a kind. */
export function discoveryPath(definition: KindDefinition): string {
  return `/apis/${apiVersionOf(definition)}`;
}

function admission(plural: string, kind: string): Watched {
  return { resource: { group: 'admissionregistration.k8s.io', version: 'v1', plural, kind, namespaced: false } };
}
