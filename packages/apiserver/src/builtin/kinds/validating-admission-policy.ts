import type { ResourceDefinition } from '../../resources/resource.ts';
import type { StoredObject } from '../../store/record.ts';
import { ageColumn, countColumn, nameColumn, textColumn } from '../columns/common.ts';
import { defineBuiltin } from '../define.ts';
import { listAt, mapAt, textAt, valueAt } from '../read.ts';
import { policyFaults } from '../validation/admission-policy.ts';

/** `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicy. */
export const validatingAdmissionPolicyKind: ResourceDefinition = defineBuiltin({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicy',
  resource: 'validatingadmissionpolicies',
  message: 'admissionregistration.ValidatingAdmissionPolicy',
  description: 'Rules in CEL that objects must meet to be admitted.',
  namespaced: false,
  categories: ['api-extensions'],
  statusSubresource: true,
  generation: true,
  columns: [
    nameColumn,
    countColumn('Validations', 'Number of rules', (object) => listAt(object, 'spec', 'validations').length),
    textColumn('ParamKind', 'Kind of its parameters', paramKindOf),
    ageColumn,
  ],
  defaults: (object) => ({ ...object, spec: specDefaults(mapAt(object, 'spec')) }),
  faults: policyFaults,
  strategy: { needsResourceVersion: true },
});

function paramKindOf(object: StoredObject): string {
  const kind = valueAt(object, 'spec', 'paramKind');
  return kind === undefined ? '<unset>' : `${textAt(kind, 'apiVersion')}/${textAt(kind, 'kind')}`;
}

type Json = Readonly<Record<string, unknown>>;

function specDefaults(spec: Json): Json {
  const constraints = valueAt(spec, 'matchConstraints');
  return {
    ...spec,
    failurePolicy: textAt(spec, 'failurePolicy') || 'Fail',
    ...(constraints !== undefined && { matchConstraints: matchDefaults(constraints as Json) }),
  };
}

/** `MatchResources` with what its author left out: it selects everything. */
export function matchDefaults(match: Json): Json {
  return {
    namespaceSelector: {},
    objectSelector: {},
    ...match,
    matchPolicy: textAt(match, 'matchPolicy') || 'Equivalent',
    ...rulesDefaults(match, 'resourceRules'),
    ...rulesDefaults(match, 'excludeResourceRules'),
  };
}

function rulesDefaults(match: Json, name: string): Json {
  if (valueAt(match, name) === undefined) return {};
  return { [name]: listAt(match, name).map((rule) => ({ ...(rule as Json), scope: textAt(rule, 'scope') || '*' })) };
}
