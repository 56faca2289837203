import { fault, type ImageReference, type Result, success } from '@pullpath/oci';
import type { Policy, PolicyRequirement, PolicyRequirements } from './model.ts';

export type PolicyDecision = 'accept' | 'reject' | 'signature';

/** What policy.json says of an image. */
export interface PolicyVerdict {
  readonly decision: PolicyDecision;
  /** The scope below `docker` that was found; empty for the default of the transport, `default` for that of the policy. */
  readonly scope: string;
  readonly requirements: PolicyRequirements;
}

/**
 * Judges a pull by its logical name, the one that was asked for, whichever mirror serves it: the reference itself, then
 * its repository and parents, then `*.` suffixes of its host, then the defaults. The first scope found decides alone.
 * `ref` has a tag or a digest, not both. Source: containers/image `signature` policy_eval, `docker/policyconfiguration`.
 */
export function evaluatePolicy(policy: Policy, ref: ImageReference): PolicyVerdict {
  const identity = policyIdentity(ref);
  const names = identity.ok ? [identity.value, ...policyNamespaces(ref)] : policyNamespaces(ref);
  const { scope, requirements } = requirementsFor(policy, names);
  return { decision: decide(requirements), scope, requirements };
}

/** The requirements of the first of `names` that has any, else those of the defaults. */
export function requirementsFor(
  policy: Policy,
  names: readonly string[],
): { readonly scope: string; readonly requirements: PolicyRequirements } {
  const scopes = policy.transports.get('docker');
  const scope = [...names, ''].find((name) => scopes?.has(name));
  const requirements = scope === undefined ? undefined : scopes?.get(scope);
  return { scope: scope ?? 'default', requirements: requirements ?? policy.default };
}

/** `name:tag` or `name@digest`: the most specific scope of an image. */
export function policyIdentity({
  name,
  tag,
  digest,
}: ImageReference): Result<string, 'identity-tag-and-digest' | 'identity-name-only'> {
  if (tag !== undefined && digest !== undefined)
    return fault('identity-tag-and-digest', `${name} has both a tag and a digest`);
  if (tag === undefined && digest === undefined)
    return fault('identity-name-only', `${name} has neither a tag nor a digest`);
  return success(tag === undefined ? `${name}@${digest}` : `${name}:${tag}`);
}

/** The repository, its parents down to `host[:port]`, then `*.` with ever shorter suffixes of the host without port. */
export function policyNamespaces({ name, domain }: ImageReference): string[] {
  return [...pathsUpward(name), ...wildcardDomains(domain)];
}

function pathsUpward(name: string): string[] {
  const paths = [name];
  for (let at = name.lastIndexOf('/'); at !== -1; at = name.lastIndexOf('/', at - 1)) paths.push(name.slice(0, at));
  return paths;
}

function wildcardDomains(domain: string): string[] {
  const [host = ''] = domain.split(':', 1);
  const labels = host.split('.');
  return labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
}

function decide(requirements: PolicyRequirements): PolicyDecision {
  if (requirements.length === 0 || requirements.some(alwaysRefuses)) return 'reject';
  return requirements.every(({ type }) => type === 'insecureAcceptAnything') ? 'accept' : 'signature';
}

// containers/image can read signedBaseLayer but has never been able to satisfy it.
function alwaysRefuses({ type }: PolicyRequirement): boolean {
  return type === 'reject' || type === 'signedBaseLayer';
}
