import type { Messages } from './field.ts';

/** Kinds of `admissionregistration/v1`. Source of names, numbers and list types: `k8s.io/api/admissionregistration/v1`. */
export const admissionregistration: Messages = {
  AuditAnnotation: {
    key: [1, 'string always required'],
    valueExpression: [2, 'string always required'],
  },
  ExpressionWarning: {
    fieldRef: [2, 'string always required'],
    warning: [3, 'string always required'],
  },
  MatchCondition: {
    name: [1, 'string always required'],
    expression: [2, 'string always required'],
  },
  MatchResources: {
    namespaceSelector: [1, 'meta.LabelSelector pointer'],
    objectSelector: [2, 'meta.LabelSelector pointer'],
    resourceRules: [3, '[]NamedRuleWithOperations'],
    excludeResourceRules: [4, '[]NamedRuleWithOperations'],
    matchPolicy: [7, 'string pointer'],
  },
  NamedRuleWithOperations: {
    ruleWithOperations: [2, 'RuleWithOperations inline'],
    resourceNames: [1, '[]string'],
  },
  ParamKind: {
    apiVersion: [1, 'string'],
    kind: [2, 'string'],
  },
  ParamRef: {
    name: [1, 'string'],
    namespace: [2, 'string'],
    selector: [3, 'meta.LabelSelector pointer'],
    parameterNotFoundAction: [4, 'string pointer'],
  },
  Rule: {
    apiGroups: [1, '[]string'],
    apiVersions: [2, '[]string'],
    resources: [3, '[]string'],
    scope: [4, 'string pointer'],
  },
  RuleWithOperations: {
    rule: [2, 'Rule inline'],
    operations: [1, '[]string'],
  },
  TypeChecking: {
    expressionWarnings: [1, '[]ExpressionWarning'],
  },
  ValidatingAdmissionPolicy: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'ValidatingAdmissionPolicySpec always'],
    status: [3, 'ValidatingAdmissionPolicyStatus always'],
  },
  ValidatingAdmissionPolicyBinding: {
    metadata: [1, 'meta.ObjectMeta always'],
    spec: [2, 'ValidatingAdmissionPolicyBindingSpec always required'],
  },
  ValidatingAdmissionPolicyBindingSpec: {
    policyName: [1, 'string required'],
    paramRef: [2, 'ParamRef pointer'],
    matchResources: [3, 'MatchResources pointer'],
    validationActions: [4, '[]string required set'],
  },
  ValidatingAdmissionPolicySpec: {
    paramKind: [1, 'ParamKind pointer'],
    matchConstraints: [2, 'MatchResources pointer'],
    validations: [3, '[]Validation'],
    failurePolicy: [4, 'string pointer'],
    auditAnnotations: [5, '[]AuditAnnotation'],
    matchConditions: [6, '[]MatchCondition keys(name)'],
    variables: [7, '[]Variable keys(name)'],
  },
  ValidatingAdmissionPolicyStatus: {
    observedGeneration: [1, 'int64'],
    typeChecking: [2, 'TypeChecking pointer'],
    conditions: [3, '[]meta.Condition keys(type)'],
  },
  Validation: {
    expression: [1, 'string always required'],
    message: [2, 'string'],
    reason: [3, 'string pointer'],
    messageExpression: [4, 'string'],
  },
  Variable: {
    name: [1, 'string always required'],
    expression: [2, 'string always required'],
  },
};
