import type { Environment } from '@marcbachmann/cel-js';

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

class Authorizer {
  readonly ask: AccessChecker;
  readonly check: AccessCheck;

  constructor(ask: AccessChecker, check: AccessCheck) {
    this.ask = ask;
    this.check = check;
  }
}

class PathCheck extends Authorizer {}
class GroupCheck extends Authorizer {}
class ResourceCheck extends Authorizer {}

class Decision {
  readonly decision: AccessDecision;

  constructor(decision: AccessDecision) {
    this.decision = decision;
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

const types = {
  authorizer: 'kubernetes.authorization.Authorizer',
  path: 'kubernetes.authorization.PathCheck',
  group: 'kubernetes.authorization.GroupCheck',
  resource: 'kubernetes.authorization.ResourceCheck',
  decision: 'kubernetes.authorization.Decision',
} as const;

const sync = { async: false };

/** The `authorizer` library of admission policies. Source: Kubernetes `cel/library/authz.go`. */
export function registerAuthorizer(environment: Environment): void {
  environment
    .registerType(types.authorizer, { ctor: Authorizer, fields: {} })
    .registerType(types.path, { ctor: PathCheck, fields: {} })
    .registerType(types.group, { ctor: GroupCheck, fields: {} })
    .registerType(types.resource, { ctor: ResourceCheck, fields: {} })
    .registerType(types.decision, { ctor: Decision, fields: {} });
  registerChecks(environment);
  registerDecisions(environment);
}

function registerChecks(environment: Environment): void {
  const { authorizer, path, group, resource, decision } = types;
  environment
    .registerFunction(`${authorizer}.path(string): ${path}`, pathCheck, sync)
    .registerFunction(`${authorizer}.group(string): ${group}`, groupCheck, sync)
    .registerFunction(`${authorizer}.serviceAccount(string, string): ${authorizer}`, serviceAccount, sync)
    .registerFunction(`${group}.resource(string): ${resource}`, resourceCheck, sync)
    .registerFunction(`${path}.check(string): ${decision}`, decide, sync)
    .registerFunction(`${resource}.check(string): ${decision}`, decide, sync);
  for (const field of ['subresource', 'namespace', 'name', 'fieldSelector', 'labelSelector'] as const) {
    const narrowed = ({ ask, check }: ResourceCheck, value: string) =>
      new ResourceCheck(ask, { ...check, [field]: value });
    environment.registerFunction(`${resource}.${field}(string): ${resource}`, narrowed, sync);
  }
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

function registerDecisions(environment: Environment): void {
  const { decision } = types;
  environment
    .registerFunction(`${decision}.allowed(): bool`, ({ decision: { allowed } }: Decision) => allowed, sync)
    .registerFunction(`${decision}.reason(): string`, ({ decision: { reason } }: Decision) => reason, sync)
    .registerFunction(`${decision}.errored(): bool`, ({ decision: { error } }: Decision) => error !== '', sync)
    .registerFunction(`${decision}.error(): string`, ({ decision: { error } }: Decision) => error, sync);
}
