import { expect, test } from 'vitest';
import { policyRequirement } from '../../src/index.ts';

test('a public key becomes keyData, with the default identity', () => {
  expect(requirementOf({ policyType: 'PublicKey', publicKey: { keyData: 'Zm9v' } })).toBe(
    '{"type":"sigstoreSigned","keyData":"Zm9v","signedIdentity":{"type":"matchRepoDigestOrExact"}}',
  );
});

test('base64 over several lines is written on one', () => {
  expect(requirementOf({ policyType: 'PublicKey', publicKey: { keyData: 'Zm\n9v\n' } })).toContain('"keyData":"Zm9v"');
});

test.each([
  ['MatchRepository', {}, { type: 'matchRepository' }],
  [
    'ExactRepository',
    { exactRepository: { repository: 'quay.io/a' } },
    { type: 'exactRepository', dockerRepository: 'quay.io/a' },
  ],
  [
    'RemapIdentity',
    { remapIdentity: { prefix: 'm.io', signedPrefix: 'quay.io' } },
    { type: 'remapIdentity', prefix: 'm.io', signedPrefix: 'quay.io' },
  ],
])('identity %s has its counterpart', (matchPolicy, more, expected) => {
  const rootOfTrust = { policyType: 'PublicKey', publicKey: { keyData: 'Zm9v' } };
  const { requirement } = policyRequirement({ rootOfTrust, signedIdentity: { matchPolicy, ...more } });
  expect(requirement?.['signedIdentity']).toEqual(expected);
});

test('every part that cannot be used is named', () => {
  const { requirement, faults } = policyRequirement({
    rootOfTrust: { policyType: 'FulcioCAWithRekor', fulcioCAWithRekor: { fulcioCAData: '###' } },
    signedIdentity: { matchPolicy: 'Other' },
  });
  expect(requirement).toBeUndefined();
  expect(faults.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
    'rootOfTrust.fulcioCAWithRekor.fulcioCAData must be base64',
    'rootOfTrust.fulcioCAWithRekor.fulcioSubject.oidcIssuer is required',
    'rootOfTrust.fulcioCAWithRekor.fulcioSubject.signedEmail is required',
    'rootOfTrust.fulcioCAWithRekor.rekorKeyData is required',
    'signedIdentity.matchPolicy must be one of MatchRepoDigestOrExact, MatchRepository, ExactRepository, RemapIdentity',
  ]);
});

test('a root of trust of an unknown type is refused', () => {
  expect(policyRequirement({}).faults.map(({ path }) => path.join('.'))).toEqual(['rootOfTrust.policyType']);
});

test.each([
  ['ExactRepository', { exactRepository: { repository: 'Upper/Case' } }, 'exactRepository.repository'],
  ['RemapIdentity', { remapIdentity: { prefix: 'm.io:tag', signedPrefix: 'quay.io' } }, 'remapIdentity.prefix'],
])('a place that policy.json would not hold is refused in %s', (matchPolicy, more, field) => {
  const rootOfTrust = { policyType: 'PublicKey', publicKey: { keyData: 'Zm9v' } };
  const { faults } = policyRequirement({ rootOfTrust, signedIdentity: { matchPolicy, ...more } });
  expect(faults.map(({ path }) => path.join('.'))).toEqual([`signedIdentity.${field}`]);
});

function requirementOf(rootOfTrust: unknown): string {
  return JSON.stringify(policyRequirement({ rootOfTrust }).requirement);
}
