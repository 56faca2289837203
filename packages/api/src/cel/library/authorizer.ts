import type { Implementation, Implementations } from '../run/functions/implementation.ts';
import type { LibraryValue } from '../run/values.ts';

/** One question to an authorizer: may the user (or that service account) do this? */
export interface AccessCheck {
  readonly verb: string;
  /** Set for a URL that is no resource; the other fields are empty then. */
  readonly path: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
  /** Who asks, where it is not the user of the request. */
  readonly serviceAccount: { readonly namespace: string; readonly name: string } | undefined;
}

export interface AccessDecision {
  readonly allowed: boolean;
  readonly reason: string;
  /** Empty where the check could be made. */
  readonly error: string;
}

/** Answers access checks of expressions. */
export type AccessChecker = (check: AccessCheck) => AccessDecision;

/** What an expression has said so far about what it will ask. */
abstract class Question implements LibraryValue {
  abstract readonly celType: string;
  readonly ask: AccessChecker;
  readonly check: AccessCheck;

  constructor(ask: AccessChecker, check: AccessCheck) {
    this.ask = ask;
    this.check = check;
  }

  get key(): string {
    return JSON.stringify(this.check);
  }
}

class Authorizer extends Question {
  readonly celType = 'kubernetes.authorization.Authorizer';
}
class PathCheck extends Question {
  readonly celType = 'kubernetes.authorization.PathCheck';
}
class GroupCheck extends Question {
  readonly celType = 'kubernetes.authorization.GroupCheck';
}
class ResourceCheck extends Question {
  readonly celType = 'kubernetes.authorization.ResourceCheck';
}

class Decision implements LibraryValue {
  readonly celType = 'kubernetes.authorization.Decision';
  readonly decision: AccessDecision;

  constructor(decision: AccessDecision) {
    this.decision = decision;
  }

  get key(): string {
    return JSON.stringify(this.decision);
  }
}

const nothing: AccessCheck = {
  verb: '',
  path: '',
  group: '',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
  fieldSelector: '',
  labelSelector: '',
  serviceAccount: undefined,
};

/** The value of the variable `authorizer`. */
export function authorizerValue(ask: AccessChecker): unknown {
  return new Authorizer(ask, nothing);
}

/** The value of `authorizer.requestResource`. */
export function resourceCheckValue(ask: AccessChecker, check: Partial<AccessCheck>): unknown {
  return new ResourceCheck(ask, { ...nothing, ...check });
}

/** The `authorizer` library of admission policies. Source: Kubernetes `cel/library/authz.go`. */
export const authorizer: Implementations = {
  authorizer_path: pathCheck,
  authorizer_group: groupCheck,
  authorizer_serviceaccount: serviceAccount,
  groupcheck_resource: resourceCheck,
  pathcheck_check: decide,
  resourcecheck_check: decide,
  resourcecheck_subresource: narrowed('subresource'),
  resourcecheck_namespace: narrowed('namespace'),
  resourcecheck_name: narrowed('name'),
  authorizer_fieldselector: narrowed('fieldSelector'),
  authorizer_labelselector: narrowed('labelSelector'),
  decision_allowed: ({ decision }: Decision) => decision.allowed,
  decision_reason: ({ decision }: Decision) => decision.reason,
  decision_errored: ({ decision }: Decision) => decision.error !== '',
  decision_error: ({ decision }: Decision) => decision.error,
};

function narrowed(field: 'subresource' | 'namespace' | 'name' | 'fieldSelector' | 'labelSelector'): Implementation {
  return ({ ask, check }: ResourceCheck, value: string) => new ResourceCheck(ask, { ...check, [field]: value });
}

function pathCheck({ ask, check }: Authorizer, path: string): PathCheck {
  return new PathCheck(ask, { ...check, path });
}

function groupCheck({ ask, check }: Authorizer, group: string): GroupCheck {
  return new GroupCheck(ask, { ...check, group });
}

function serviceAccount({ ask, check }: Authorizer, namespace: string, name: string): Authorizer {
  return new Authorizer(ask, { ...check, serviceAccount: { namespace, name } });
}

function resourceCheck({ ask, check }: GroupCheck, resource: string): ResourceCheck {
  return new ResourceCheck(ask, { ...check, resource });
}

function decide({ ask, check }: PathCheck | ResourceCheck, verb: string): Decision {
  return new Decision(ask({ ...check, verb }));
}
