import { bindPolicyInput } from '@pullpath/api';
import type { Authorizer } from '../../auth/access.ts';
import { textAt, textsAt, valueAt } from '../../builtin/read.ts';
import type { User } from '../../http/exchange.ts';
import type { ResourceDefinition } from '../../resources/resource.ts';
import type { ClusterReader } from '../../rest/cluster-reader.ts';
import type { Attributes } from '../../rest/write.ts';
import { ApiError, qualified } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { compiledPolicy } from './compiled-policy.ts';
import { type Denial, denialsOf } from './evaluate.ts';
import { nameOf, policyInput } from './input.ts';
import { matchesResources } from './match.ts';
import { BindingFault, paramsOf } from './params.ts';

/** Group of the admission policies, which no policy applies to. */
const policyGroup = 'admissionregistration.k8s.io';

/** What checking policies needs of the logical cluster. */
export interface PolicyContext {
  readonly reader: ClusterReader;
  readonly authorize: Authorizer;
  /** What the cluster serves: kinds of parameters. */
  readonly resources: readonly ResourceDefinition[];
}

/** Runs every ValidatingAdmissionPolicy that is bound to a write by a user. Throws `ApiError` for the first denial. */
export function checkPolicies(context: PolicyContext, attributes: Attributes): void {
  const { user } = attributes;
  if (!user || attributes.resource.group === policyGroup) return;
  const bindings = context.reader.list({ group: policyGroup, resource: 'validatingadmissionpolicybindings' });
  if (bindings.length === 0) return;
  for (const policy of context.reader.list({ group: policyGroup, resource: 'validatingadmissionpolicies' })) {
    const own = bindings.filter((binding) => textAt(binding, 'spec', 'policyName') === nameOf(policy));
    const applies = matchesResources(context.reader, valueAt(policy, 'spec', 'matchConstraints'), attributes);
    if (applies) for (const binding of own) applyBinding(context, attributes, user, policy, binding);
  }
}

function applyBinding(
  context: PolicyContext,
  attributes: Attributes,
  user: User,
  policy: StoredObject,
  binding: StoredObject,
): void {
  if (!matchesResources(context.reader, valueAt(binding, 'spec', 'matchResources'), attributes)) return;
  const ignoresFailures = textAt(policy, 'spec', 'failurePolicy') === 'Ignore';
  const denials = boundDenials(context, attributes, user, policy, binding, ignoresFailures);
  const actions = textsAt(binding, 'spec', 'validationActions');
  for (const denial of denials) {
    if (actions.includes('Warn')) {
      const names = `'${nameOf(policy)}' with binding '${nameOf(binding)}'`;
      attributes.warn?.(`Validation failed for ValidatingAdmissionPolicy ${names}: ${denial.message}`);
    }
    if (actions.includes('Deny') || denial.reason === misconfigured) throw denied(attributes, policy, binding, denial);
  }
}

// What cannot be applied denies, whatever the binding asks for.
const misconfigured = '';

function boundDenials(
  context: PolicyContext,
  attributes: Attributes,
  user: User,
  policy: StoredObject,
  binding: StoredObject,
  ignoresFailures: boolean,
): Denial[] {
  const { reader, authorize, resources } = context;
  const compiled = compiledPolicy(policy);
  try {
    const params = paramsOf(reader, resources, policy, binding, attributes.address.namespace);
    return params.flatMap((param) => {
      const input = policyInput(reader, authorize, attributes, user, compiled, param);
      return denialsOf(compiled, bindPolicyInput(input), ignoresFailures);
    });
  } catch (error) {
    if (!(error instanceof BindingFault)) throw error;
    const message = `failed to configure binding: ${error.message}`;
    return ignoresFailures ? [] : [{ message, reason: misconfigured, failed: true }];
  }
}

const codes: ReadonlyMap<string, number> = new Map([
  ['Forbidden', 403],
  ['Unauthorized', 401],
  ['RequestEntityTooLarge', 413],
]);

function denied(
  { resource, address }: Attributes,
  policy: StoredObject,
  binding: StoredObject,
  denial: Denial,
): ApiError {
  const why = `ValidatingAdmissionPolicy '${nameOf(policy)}' with binding '${nameOf(binding)}' denied request: ${denial.message}`;
  const reason = denial.reason || 'Invalid';
  const { name } = address;
  const subject = name === '' ? qualified(resource) : `${qualified(resource)} "${name}"`;
  return new ApiError(codes.get(reason) ?? 422, reason, `${subject} is forbidden: ${why}`, {
    ...(name !== '' && { name }),
    ...(resource.group !== '' && { group: resource.group }),
    kind: resource.resource,
    // kubectl shows the message of an Invalid status only where it has causes.
    causes: [{ message: why }],
  });
}
