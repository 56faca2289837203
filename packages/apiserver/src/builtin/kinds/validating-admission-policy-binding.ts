import type { ResourceDefinition } from '../../resources/resource.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { mapAt, textAt, valueAt } from '../read.ts';
import { formatSelector } from '../selectors.ts';
import { policyBindingFaults } from '../validation/admission-policy.ts';
import { matchDefaults } from './validating-admission-policy.ts';

/** `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicyBinding. */
export const validatingAdmissionPolicyBindingKind: ResourceDefinition = defineBuiltin({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicyBinding',
  resource: 'validatingadmissionpolicybindings',
  message: 'admissionregistration.ValidatingAdmissionPolicyBinding',
  description: 'Where an admission policy applies, with which parameters, and what a violation leads to.',
  namespaced: false,
  categories: ['api-extensions'],
  generation: true,
  columns: [
    nameColumn,
    textColumn('PolicyName', 'Policy that it applies', (object) => textAt(object, 'spec', 'policyName')),
    textColumn('ParamRef', 'Parameters of the policy', paramOf),
    ageColumn,
  ],
  defaults: (object) => {
    const match = valueAt(object, 'spec', 'matchResources');
    if (match === undefined) return object;
    return { ...object, spec: { ...mapAt(object, 'spec'), matchResources: matchDefaults(mapAt(match)) } };
  },
  faults: policyBindingFaults,
  strategy: { needsResourceVersion: true },
});

function paramOf(object: StoredObject): string {
  const ref = valueAt(object, 'spec', 'paramRef');
  const [name, namespace] = [textAt(ref, 'name'), textAt(ref, 'namespace')];
  if (name !== '') return `${namespace || '*'}/${name}`;
  return valueAt(ref, 'selector') === undefined ? '<unset>' : formatSelector(valueAt(ref, 'selector'));
}
