import { bindPolicyInput, compilePolicyExpression, type KubeObject, valueAt } from '@pullpath/api';
import { guestAdmissionPolicies, guestWriteExpression } from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Evaluation {
  readonly allowed: readonly string[];
  readonly username: string;
  readonly object?: unknown;
  readonly oldObject?: unknown;
}

interface Request {
  readonly kind: string;
  readonly operation: string;
  readonly username: string;
  readonly oldSpec?: unknown;
  readonly newSpec?: unknown;
  readonly olmCatalogPlacement?: 'management' | 'guest';
}

export const guestAdmission: Area = {
  expression: ({ users }: { readonly users: readonly string[] }) => guestWriteExpression(users),
  evaluate: ({ allowed, username, object, oldObject }: Evaluation) =>
    evaluate(guestWriteExpression(allowed), username, object ?? null, oldObject ?? null),
  guestRequest,
  policies: (input: { readonly olmCatalogPlacement?: 'management' | 'guest' } | null) =>
    guestAdmissionPolicies(input?.olmCatalogPlacement ?? 'management')
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
      .map(({ metadata }) => metadata.name),
};

function guestRequest(
  request: Request,
  expected: { readonly allowed: boolean; readonly message?: string; readonly policy?: string },
): unknown {
  const policy = guestAdmissionPolicies(request.olmCatalogPlacement ?? 'management').find((each) =>
    covers(each, request),
  );
  if (!policy) return { allowed: true };
  const validation = valueAt(policy, ['spec', 'validations', 0]);
  const object = withSpec(request.newSpec);
  const allowed = evaluate(
    String(valueAt(validation, ['expression'])),
    request.username,
    object,
    withSpec(request.oldSpec),
  );
  if (allowed) return { allowed };
  const told = { policy: policy.metadata.name, message: valueAt(validation, ['message']) };
  return { allowed, ...Object.fromEntries(Object.entries(told).filter(([key]) => Object.hasOwn(expected, key))) };
}

function covers(policy: KubeObject, { kind, operation }: Request): boolean {
  const rule = valueAt(policy, ['spec', 'matchConstraints', 'resourceRules', 0]);
  const list = (name: string): readonly unknown[] => {
    const value = valueAt(rule, [name]);
    return Array.isArray(value) ? value : [];
  };
  const operations = list('operations');
  const matches = operations.includes('*') || operations.includes(operation);
  return matches && list('resources').includes(pluralOf(kind));
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower.endsWith('y')) return `${lower.slice(0, -1)}ies`;
  return lower.endsWith('s') ? lower : `${lower}s`;
}

function withSpec(spec: unknown): unknown {
  return spec === null || spec === undefined ? null : { spec };
}

const noInput = {
  namespaceObject: null,
  params: null,
  variables: [],
  authorizer: () => ({ allowed: false, reason: '', error: '' }),
  requestResource: {},
};

/** As an API server does: an expression that fails is a refusal (`failurePolicy: Fail`). */
function evaluate(expression: string, username: string, object: unknown, oldObject: unknown): boolean {
  const compiled = compilePolicyExpression(expression);
  try {
    const input = bindPolicyInput({ ...noInput, object, oldObject, request: { userInfo: { username } } });
    return compiled.evaluate(input) === true;
  } catch {
    return false;
  }
}
