import { parseDockerRef } from '@pullpath/oci';
import { evaluatePolicy, parsePolicy, parseReferenceMatch, parseRequirement } from '@pullpath/pull-config';
import { mutated } from '../mutate.ts';
import { nameTokens, scope } from '../names.ts';
import type { Random } from '../random.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

/** policy.json: refused with a reason, or it judges any image. */
export const policy: FuzzTarget = {
  name: 'policy',
  generate: (random) => mutated(random, policyText(random), [...tokens, ...nameTokens]),
  check(input) {
    const { value, diagnostics } = parsePolicy('policy.json', input);
    expectThat((value === undefined) === diagnostics.length > 0, 'a policy is refused for a reason');
    parseRequirement('requirement', input);
    parseReferenceMatch('identity', input);
    if (value) for (const { value: ref } of images) evaluatePolicy(value, ref);
  },
};

const images = ['quay.io/ns/app:v1', 'docker.io/library/nginx', `localhost:5000/a@sha256:${'0'.repeat(64)}`].flatMap(
  (text) => {
    const parsed = parseDockerRef(text);
    return parsed.ok ? [parsed] : [];
  },
);

const tokens = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"type":"reject"',
  '"type":"signedBy","keyType":"GPGKeys"',
  '"type":"sigstoreSigned"',
  '"keyData":"YQ=="',
  '"keyPath":"/k"',
  '"signedIdentity":{"type":"remapIdentity","prefix":"a","signedPrefix":"b"}',
  '"signedIdentity":{"type":"matchRepository"}',
  '"fulcio":{"oidcIssuer":"https://i","subjectEmail":"a@b"}',
  '"rekorPublicKeyData":"YQ=="',
  '"default":',
  '"transports":',
  '"docker":',
  '"":',
  'null',
  'true',
  '1.5e3',
  '"\\ud800"',
  '"\\u0000"',
];

function policyText(random: Random): string {
  const scopes = random.times(3, () => `${JSON.stringify(scope(random))}:${requirements(random)}`);
  const transport = random.pick(['docker', 'docker', 'atomic', 'docker-daemon', 'dir', '']);
  return `{"default":${requirements(random)},"transports":{${JSON.stringify(transport)}:{${scopes.join(',')}}}}`;
}

function requirements(random: Random): string {
  return `[${[requirement(random), ...random.times(1, () => requirement(random))].join(',')}]`;
}

function requirement(random: Random): string {
  return random.pick([
    '{"type":"insecureAcceptAnything"}',
    '{"type":"reject"}',
    '{"type":"signedBy","keyType":"GPGKeys","keyPath":"/etc/pki/key.gpg"}',
    '{"type":"sigstoreSigned","keyData":"YQ==","signedIdentity":{"type":"matchRepoDigestOrExact"}}',
    '{"type":"sigstoreSigned","fulcio":{"caData":"YQ==","oidcIssuer":"https://i","subjectEmail":"a@b"},"rekorPublicKeyData":"YQ=="}',
    `{"type":"signedBy","keyType":"GPGKeys","keyData":"YQ==","signedIdentity":{"type":"exactReference","dockerReference":"quay.io/a:v1"}}`,
  ]);
}
