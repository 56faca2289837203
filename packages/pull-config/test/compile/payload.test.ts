import { expect, test } from 'vitest';
import { type MirrorRule, type PayloadDecision, type ScopeRule, splitBlockedAllowed } from '../../src/index.ts';
import { rule, scopes } from './rule-builders.ts';

const repository = 'quay.io/openshift-release-dev/ocp-release';
const image = `${repository}@sha256:${'0'.repeat(64)}`;
const mirrored = rule('idms', repository, ['m.corp/ocp-release']);

test('scopes that do not reach the payload are blocked everywhere', () => {
  const decision = decide(['docker.io'], []);
  expect([decision.registriesBlocked, decision.policyBlocked, decision.allowed].map(names)).toEqual([
    ['docker.io'],
    ['docker.io'],
    undefined,
  ]);
});

test('a scope around an unmirrored payload stays open, with a warning at its place', () => {
  const decision = decide(['quay.io', 'docker.io'], []);
  expect(names(decision.registriesBlocked)).toEqual(['docker.io']);
  expect(decision.faults).toMatchObject([
    { code: 'payload-registry-not-blocked', severity: 'warning', value: 'quay.io' },
  ]);
});

test('blocking exactly the mirrored payload repository leaves policy.json with that repository alone', () => {
  const decision = decide([repository], [mirrored]);
  expect([decision.registriesBlocked, decision.policyBlocked, decision.allowed].map(names)).toEqual([
    [repository],
    undefined,
    [repository],
  ]);
});

test('blocking a parent of the mirrored payload rejects its other repositories', () => {
  const decision = decide(['quay.io/openshift-release-dev'], [mirrored]);
  expect(names(decision.policyBlocked)).toEqual(['quay.io/openshift-release-dev']);
  expect(names(decision.allowed)).toEqual([repository]);
});

test('a mirror inside a blocked scope does not count', () => {
  expect(names(decide(['quay.io', '*.corp'], [mirrored]).registriesBlocked)).toEqual(['*.corp']);
});

test('tag mirrors do not count', () => {
  expect(decide(['quay.io'], [rule('itms', repository, ['m.corp/ocp-release'])]).leftOpen).toHaveLength(1);
});

test('when the mirrors cannot be told nothing is blocked or allowed, and the cause is named', () => {
  const decision = decide(['quay.io'], [rule('idms', '*.io', ['m.corp'])], ['a.io']);
  expect([decision.registriesBlocked, decision.policyBlocked, decision.allowed]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(decision.faults).toMatchObject([{ code: 'payload-check-failed', severity: 'warning' }]);
  expect(decision.failure?.code).toBe('wildcard-source-with-nested-scope');
});

test('a mirror that gives no valid reference for the payload is such a cause', () => {
  expect(decide(['quay.io'], [rule('idms', repository, ['m.corp'])]).failure?.code).toBe('mirror-rewrite-invalid');
});

test('without a release image everything is blocked and a warning says that nothing is protected', () => {
  const input = { rules: [], registrySources: { blocked: scopes('blockedRegistries', 'quay.io') } };
  const decision = splitBlockedAllowed(input, '4.19');
  expect(names(decision.registriesBlocked)).toEqual(['quay.io']);
  expect(decision.faults.map(({ code }) => code)).toEqual(['release-image-missing']);
});

test('a release image that is not in full form is an error', () => {
  const input = { rules: [], registrySources: {}, releaseImage: { image: 'ocp-release:4.19' } };
  expect(splitBlockedAllowed(input, '4.19').faults.map(({ code }) => code)).toEqual(['release-image-format']);
});

function decide(blocked: string[], rules: MirrorRule[], allowed: string[] = []): PayloadDecision {
  const registrySources = {
    blocked: scopes('blockedRegistries', ...blocked),
    allowed: scopes('allowedRegistries', ...allowed),
  };
  return splitBlockedAllowed({ rules, registrySources, releaseImage: { image } }, '4.19');
}

function names(rules: readonly ScopeRule[] | undefined): string[] | undefined {
  return rules?.map(({ scope }) => scope);
}
