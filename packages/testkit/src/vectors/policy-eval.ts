import { type ImageReference, parseDockerRef, parseNormalizedNamed } from '@pullpath/oci';
import {
  evaluatePolicy,
  isRemapPrefix,
  matchReference,
  type Policy,
  type PolicyReading,
  type PolicyRequirements,
  parsePolicy,
  parseReferenceMatch,
  parseRequirement,
  policyIdentity,
  policyNamespaces,
  type ReferenceMatch,
  requirementsFor,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

/** node-config `policy-eval`: containers/image `signature` and `docker/policyconfiguration`. */
export const policyEval: Area = {
  parsePolicy: ({ json }: { json: string }) => reading('policy', parsePolicy('policy.json', json), plainPolicy),
  parseRequirement: ({ json }: { json: string }) => reading('requirement', parseRequirement('policy.json', json)),
  parseReferenceMatch: ({ json }: { json: string }) => reading('match', parseReferenceMatch('policy.json', json)),
  validRemapPrefix: ({ prefix }: { prefix: string }) => ({ valid: isRemapPrefix(prefix) }),
  policyIdentity: ({ ref }: { ref: string }) => {
    const identity = policyIdentity(parsed(ref));
    return identity.ok ? { identity: identity.value } : { error: { code: identity.code } };
  },
  policyNamespaces: ({ ref }: { ref: string }) => ({ namespaces: policyNamespaces(parsed(ref)) }),
  evaluatePolicy: ({ policy, refs }: { policy: string; refs: string[] }) => {
    const { value } = parsePolicy('policy.json', policy);
    if (!value) throw new Error('the policy does not load');
    return { results: refs.map((ref) => evaluated(value, ref)) };
  },
  requirementsFor: ({ policy, identity, namespaces }: RequirementsInput) => ({
    requirements: requirementsFor(policyOf(policy), [identity, ...namespaces]).requirements,
  }),
  referenceMatch: ({ image, match, signature }: MatchInput) => ({
    matches: matchReference(typedMatch(match), isReference(image) ? parsed(image) : undefined, signature),
  }),
};

interface PlainPolicy {
  readonly default: PolicyRequirements;
  readonly transports: Readonly<Record<string, Readonly<Record<string, PolicyRequirements>>>>;
}

interface RequirementsInput {
  readonly policy: PlainPolicy;
  readonly identity: string;
  readonly namespaces: string[];
}

interface MatchInput {
  readonly image: string | null;
  readonly match: ReferenceMatch;
  readonly signature: string;
}

function reading<T>(name: string, { value, diagnostics }: PolicyReading<T>, plain: (value: T) => unknown = (it) => it) {
  const [first] = diagnostics;
  if (first) return { error: { code: recordedCodes[first.code] ?? first.code } };
  return { [name]: value && plain(value) };
}

const recordedCodes: Readonly<Record<string, string>> = {
  'json-syntax': 'json-syntax-or-type',
  'json-type': 'json-syntax-or-type',
  'policy-requirements-empty': 'empty-path',
  'policy-scope-invalid': 'policy-unknown-key',
};

function plainPolicy({ default: defaults, transports }: Policy): PlainPolicy {
  const plain = [...transports].map(([name, scopes]) => [name, Object.fromEntries(scopes)]);
  return { default: defaults, transports: Object.fromEntries(plain) };
}

function policyOf({ default: defaults, transports }: PlainPolicy): Policy {
  const scopes = Object.entries(transports).map(([name, of]) => [name, new Map(Object.entries(of))] as const);
  return { default: defaults, transports: new Map(scopes) };
}

function evaluated(policy: Policy, ref: string) {
  const docker = parseDockerRef(ref);
  if (!docker.ok) throw new Error(docker.message);
  const identity = policyIdentity(docker.value);
  const { decision, requirements } = evaluatePolicy(policy, docker.value);
  return {
    ref,
    identity: identity.ok && identity.value,
    namespaces: policyNamespaces(docker.value),
    requirements,
    decision,
  };
}

function parsed(ref: string): ImageReference {
  const result = parseNormalizedNamed(ref);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

// Recordings of matchers that ignore the image say so instead of naming one.
function isReference(image: string | null): image is string {
  return image !== null && image !== '(not consulted)';
}

// Some recordings build the matcher without its type.
function typedMatch(match: ReferenceMatch): ReferenceMatch {
  if (match.type as string) return match;
  if ('prefix' in match) return { ...match, type: 'remapIdentity' };
  return { ...match, type: 'dockerReference' in match ? 'exactReference' : 'exactRepository' } as ReferenceMatch;
}
