import { CelSyntaxError, compilePolicyExpression } from '@pullpath/api';
import { metadataOf } from '../../rest/metadata.ts';
import { dnsSubdomainFaults, qualifiedNameFaults } from '../../rest/name-grammar.ts';
import type { FieldFault } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { listAt, mapAt, textAt, textsAt, valueAt } from '../read.ts';
import { duplicate, forbidden, invalid, invalidEach, notSupported, required } from './faults.ts';
import { labelSelectorFaults } from './label-selector.ts';
import { pathSegmentFaults } from './names.ts';

/** Faults of a ValidatingAdmissionPolicy, its expressions included. Source: Kubernetes `admissionregistration/validation`. */
export function policyFaults(object: StoredObject): FieldFault[] {
  const spec = mapAt(object, 'spec');
  return [
    ...supported(spec, 'spec', 'failurePolicy', ['Fail', 'Ignore']),
    ...paramKindFaults(valueAt(spec, 'paramKind')),
    ...constraintsFaults(valueAt(spec, 'matchConstraints')),
    ...conditionsFaults(listAt(spec, 'matchConditions')),
    ...listAt(spec, 'variables').flatMap((item, index) => variableFaults(item, `spec.variables[${index}]`)),
    ...validationsFaults(object),
  ];
}

function supported(object: unknown, field: string, member: string, values: readonly string[]): FieldFault[] {
  const value = textAt(object, member);
  if (value === '') return [required(`${field}.${member}`)];
  return values.includes(value) ? [] : [notSupported(`${field}.${member}`, value, values)];
}

function paramKindFaults(kind: unknown): FieldFault[] {
  if (kind === undefined) return [];
  return ['apiVersion', 'kind']
    .filter((name) => textAt(kind, name) === '')
    .map((name) => required(`spec.paramKind.${name}`));
}

function constraintsFaults(constraints: unknown): FieldFault[] {
  const field = 'spec.matchConstraints';
  if (constraints === undefined) return [required(field)];
  return [
    ...matchFaults(constraints, field),
    ...(listAt(constraints, 'resourceRules').length > 0 ? [] : [required(`${field}.resourceRules`)]),
  ];
}

function matchFaults(match: unknown, field: string): FieldFault[] {
  if (match === undefined) return [];
  const rules = ['resourceRules', 'excludeResourceRules'].flatMap((name) =>
    listAt(match, name).flatMap((rule, index) => ruleFaults(rule, `${field}.${name}[${index}]`)),
  );
  return [
    ...supported(match, field, 'matchPolicy', ['Equivalent', 'Exact']),
    ...labelSelectorFaults(valueAt(match, 'namespaceSelector'), `${field}.namespaceSelector`),
    ...labelSelectorFaults(valueAt(match, 'objectSelector'), `${field}.objectSelector`),
    ...rules,
  ];
}

const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

function ruleFaults(rule: unknown, field: string): FieldFault[] {
  const unknown = textsAt(rule, 'operations').flatMap((operation, index) =>
    operations.includes(operation) ? [] : [notSupported(`${field}.operations[${index}]`, operation, operations)],
  );
  return [
    ...textsAt(rule, 'resourceNames').flatMap((name, index) =>
      invalidEach(`${field}.resourceNames[${index}]`, name, pathSegmentFaults(name)),
    ),
    ...wildcardFaults(rule, field, 'operations', 'operations'),
    ...unknown,
    ...wildcardFaults(rule, field, 'apiGroups', 'API groups'),
    ...wildcardFaults(rule, field, 'apiVersions', 'API versions'),
    ...(listAt(rule, 'resources').length > 0 ? [] : [required(`${field}.resources`)]),
    ...supported(rule, field, 'scope', ['*', 'Cluster', 'Namespaced']),
  ];
}

function wildcardFaults(rule: unknown, field: string, member: string, plural: string): FieldFault[] {
  const values = textsAt(rule, member);
  if (values.length === 0) return [required(`${field}.${member}`)];
  if (values.length === 1 || !values.includes('*')) return [];
  return [invalid(`${field}.${member}`, values, `if '*' is present, must not specify other ${plural}`)];
}

function conditionsFaults(conditions: readonly unknown[]): FieldFault[] {
  const names = new Set<string>();
  return conditions.flatMap((condition, index) => {
    const field = `spec.matchConditions[${index}]`;
    const name = textAt(condition, 'name');
    const repeated = name !== '' && names.has(name) ? [duplicate(`${field}.name`, name)] : [];
    names.add(name);
    return [
      ...expressionFaults(textAt(condition, 'expression').trim(), `${field}.expression`, '', ['bool']),
      ...(name === '' ? [required(`${field}.name`)] : invalidEach(`${field}.name`, name, qualifiedNameFaults(name))),
      ...repeated,
    ];
  });
}

function variableFaults(variable: unknown, field: string): FieldFault[] {
  const name = textAt(variable, 'name');
  const nameFaults = /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name)
    ? []
    : [invalid(`${field}.name`, name, 'must be a valid CEL identifier')];
  return [
    ...(name.trim() === '' ? [required(`${field}.name`, 'name is not specified')] : nameFaults),
    ...expressionFaults(textAt(variable, 'expression'), `${field}.expression`, 'expression is not specified'),
  ];
}

/** `results` are the types that the expression may give; none allows any. */
function expressionFaults(
  expression: string,
  field: string,
  missing: string,
  results: readonly string[] = [],
): FieldFault[] {
  if (expression.trim() === '') return [required(field, missing)];
  try {
    const { resultType } = compilePolicyExpression(expression);
    if (results.length === 0 || resultType === 'dyn' || results.includes(resultType)) return [];
    const wanted = results.length === 1 ? results[0] : `one of [${results.join(' ')}]`;
    return [invalid(field, expression, `must evaluate to ${wanted} but got ${resultType}`)];
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    return [invalid(field, expression, `compilation failed: ERROR: ${error.message}`)];
  }
}

function validationsFaults(object: StoredObject): FieldFault[] {
  const [validations, annotations] = [
    listAt(object, 'spec', 'validations'),
    listAt(object, 'spec', 'auditAnnotations'),
  ];
  if (validations.length + annotations.length === 0) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    return [required('spec.validations', detail), required('spec.auditAnnotations', detail)];
  }
  const name = metadataOf(object).name ?? '';
  return [
    ...validations.flatMap((item, index) => validationFaults(item, `spec.validations[${index}]`)),
    ...annotations.flatMap((item, index) => annotationFaults(item, name, `spec.auditAnnotations[${index}]`)),
  ];
}

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];

function validationFaults(validation: unknown, field: string): FieldFault[] {
  const reason = textAt(validation, 'reason');
  return [
    ...expressionFaults(textAt(validation, 'expression'), `${field}.expression`, 'expression is not specified', [
      'bool',
    ]),
    ...messageExpressionFaults(textAt(validation, 'messageExpression'), `${field}.messageExpression`),
    ...messageFaults(textAt(validation, 'message'), `${field}.message`),
    ...(reason === '' || reasons.includes(reason) ? [] : [notSupported(`${field}.reason`, reason, reasons)]),
  ];
}

function messageExpressionFaults(expression: string, field: string): FieldFault[] {
  if (expression === '') return [];
  if (expression.trim() === '') return [invalid(field, expression, 'must be non-empty if specified')];
  return expressionFaults(expression, field, '', ['string']);
}

function messageFaults(message: string, field: string): FieldFault[] {
  if (message !== '' && message.trim() === '') return [invalid(field, message, 'must be non-empty if specified')];
  return /[\r\n]/.test(message.trim()) ? [invalid(field, message, 'must not contain line breaks')] : [];
}

function annotationFaults(annotation: unknown, policy: string, field: string): FieldFault[] {
  const key = `${policy}/${textAt(annotation, 'key')}`;
  return [
    ...invalidEach(`${field}.key`, key, qualifiedNameFaults(key)),
    ...expressionFaults(
      textAt(annotation, 'valueExpression'),
      `${field}.valueExpression`,
      'valueExpression is not specified',
      ['string', 'null_type'],
    ),
  ];
}

/** Faults of a ValidatingAdmissionPolicyBinding. */
export function policyBindingFaults(object: StoredObject): FieldFault[] {
  const name = textAt(object, 'spec', 'policyName');
  return [
    ...(name === '' ? [required('spec.policyName')] : invalidEach('spec.policyName', name, dnsSubdomainFaults(name))),
    ...paramRefFaults(valueAt(object, 'spec', 'paramRef')),
    ...matchFaults(valueAt(object, 'spec', 'matchResources'), 'spec.matchResources'),
    ...actionsFaults(textsAt(object, 'spec', 'validationActions')),
  ];
}

function paramRefFaults(ref: unknown): FieldFault[] {
  if (ref === undefined) return [];
  const field = 'spec.paramRef';
  const [name, selector] = [textAt(ref, 'name'), valueAt(ref, 'selector')];
  const both = name !== '' && selector !== undefined ? ['name', 'selector'] : [];
  return [
    ...invalidEach(`${field}.name`, name, name === '' ? [] : pathSegmentFaults(name)),
    ...both.map((member) => forbidden(`${field}.${member}`, 'name and selector are mutually exclusive')),
    ...labelSelectorFaults(selector, `${field}.selector`),
    ...(name === '' && selector === undefined ? [required(field, 'one of name or selector must be specified')] : []),
    ...supported(ref, field, 'parameterNotFoundAction', ['Deny', 'Allow']),
  ];
}

const actions = ['Audit', 'Deny', 'Warn'];

function actionsFaults(given: readonly string[]): FieldFault[] {
  const field = 'spec.validationActions';
  const twice =
    'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
  return [
    ...given.flatMap((action, index) =>
      actions.includes(action) ? [] : [notSupported(`${field}[${index}]`, action, actions)],
    ),
    ...given.flatMap((action, index) =>
      given.indexOf(action) < index ? [duplicate(`${field}[${index}]`, action)] : [],
    ),
    ...(given.includes('Deny') && given.includes('Warn') ? [invalid(field, given, twice)] : []),
    ...(given.length > 0 ? [] : [required(field, 'at least one validation action is required')]),
  ];
}
