import { expect, test } from 'vitest';
import { basePolicyJSON, checkPolicyInput, type PolicyInput, renderPolicyJSON } from '../../src/index.ts';
import { scopes } from './rule-builders.ts';

test('with nothing to say the template stays as it is', () => {
  expect(renderPolicyJSON(input({}))).toBe(basePolicyJSON);
});

test('an empty list re-encodes the template', () => {
  expect(renderPolicyJSON(input({ blocked: [] }))).toBe(`{
  "default": [
    {
      "type": "insecureAcceptAnything"
    }
  ],
  "transports": {
    "docker-daemon": {
      "": [
        {
          "type": "insecureAcceptAnything"
        }
      ]
    }
  }
}`);
});

test('allowed registries make rejection the default', () => {
  const policy = parsed(input({ allowed: scopes('allowedRegistries', 'quay.io') }));
  expect(policy).toMatchObject({ default: [{ type: 'reject' }], transports: { docker: { 'quay.io': [accept] } } });
});

test('any blocked registry makes acceptance the default, even beside an allowed one', () => {
  const allowed = scopes('allowedRegistries', 'quay.io/ocp');
  const policy = parsed(input({ allowed, blocked: scopes('blockedRegistries', 'docker.io') }));
  expect(policy.default).toEqual([accept]);
});

test('the atomic transport has no scope of more than three parts', () => {
  const policy = parsed(input({ blocked: scopes('blockedRegistries', 'a.io/b/c', 'a.io/b/c/d') }));
  expect(Object.keys(policy.transports.atomic ?? {})).toEqual(['a.io/b/c']);
});

test('a scope with a cluster policy is not accepted blindly', () => {
  const clusterPolicies = new Map([['quay.io', { requirements: [{ type: 'sigstoreSigned' }], origins: [] }]]);
  const policy = parsed(input({ allowed: scopes('allowedRegistries', 'quay.io'), clusterPolicies }));
  expect(policy.transports.docker?.['quay.io']).toEqual([{ type: 'sigstoreSigned' }]);
});

test('allowed and blocked registries exclude each other, and both places are named', () => {
  const [fault] = check({
    allowed: scopes('allowedRegistries', 'quay.io'),
    blocked: scopes('blockedRegistries', 'docker.io'),
  });
  expect(fault?.origin?.path.slice(-2)).toEqual(['allowedRegistries', 0]);
  expect(fault?.related?.[0]?.origin?.path.slice(-2)).toEqual(['blockedRegistries', 0]);
});

test('the payload repository alone may be allowed beside blocked registries', () => {
  const lists = { allowed: scopes('allowedRegistries', 'quay.io/ocp'), blocked: scopes('blockedRegistries', 'a.io') };
  expect(checkPolicyInput({ ...lists, clusterPolicies: new Map() }, 'quay.io/ocp')).toEqual([]);
});

const accept = { type: 'insecureAcceptAnything' };

function input(parts: Partial<PolicyInput>): PolicyInput {
  return { template: basePolicyJSON, clusterPolicies: new Map(), ...parts };
}

function check(parts: Partial<PolicyInput>): ReturnType<typeof checkPolicyInput> {
  return checkPolicyInput(input(parts), undefined);
}

function parsed(from: PolicyInput): { default: unknown; transports: Record<string, Record<string, unknown>> } {
  return JSON.parse(renderPolicyJSON(from)) as ReturnType<typeof parsed>;
}
