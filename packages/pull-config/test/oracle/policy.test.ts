import type { DiagnosticCode } from '@pullpath/diagnostics';
import { type Oracle, oracleOrSkip, startOracle } from '@pullpath/testkit';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/index.ts';
import { arrayText, objectText, stringText, withTypo } from './generated-json.ts';
import { type Random, seeded } from './random.ts';

const policies = 20_000;

test('20,000 generated policies are refused exactly when containers/image refuses them', {
  timeout: 300_000,
}, async (context) => {
  const oracle = startOracle(oracleOrSkip(context, 'containers-image'));
  try {
    for (let seed = 0; seed < policies; seed++) await compare(oracle, withTypo(seeded(seed), policyText(seeded(seed))));
  } finally {
    oracle.close();
  }
});

async function compare(oracle: Oracle, text: string): Promise<void> {
  const { error } = (await oracle.ask({ op: 'policy', text })) as { readonly error?: { readonly message: string } };
  const ours = parsePolicy('policy.json', text).diagnostics[0]?.code;
  expect(ours, `${text}\n${error?.message}`).toBe(error && classOf(error.message));
}

function classOf(message: string): DiagnosticCode {
  return classes.find(([pattern]) => pattern.test(message))?.[1] ?? 'json-syntax';
}

/** The first that matches counts. */
const classes: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/^JSON object expected|cannot unmarshal|illegal base64/, 'json-type'],
  [/Unknown key /, 'policy-unknown-key'],
  [/Duplicate key /, 'policy-duplicate-key'],
  [/^Key .* missing in a JSON object/, 'policy-missing-key'],
  [/Default policy is missing/, 'policy-default-missing'],
  [/must not be empty/, 'policy-requirements-empty'],
  [/Unknown policy requirement type/, 'policy-unknown-requirement-type'],
  [/Unknown policy reference match type/, 'policy-unknown-match-type'],
  [/keyType/, 'policy-unknown-key-type'],
  [/xactly one of key/, 'policy-key-source-count'],
  [/contains no entries/, 'policy-list-empty'],
  [/at most one of|not supported for pki|cannot be used simultaneously/, 'policy-exclusive-keys'],
  [/At least one of/, 'policy-missing-one-of'],
  [/not specified/, 'policy-missing-key'],
  [/Invalid format of docker/, 'policy-reference-invalid'],
  [/neither a tag nor digest/, 'policy-reference-name-only'],
  [/prefix .* is not valid/, 'policy-remap-prefix-invalid'],
];

function policyText(random: Random): string {
  const requirements = () => (random.oneIn(20) ? '[]' : `[${requirementText(random)}]`);
  const scopes = () =>
    objectText(
      random,
      random.times(2, () => [random.pick(scopeNames), requirements] as const),
    );
  const transports = () =>
    objectText(
      random,
      random.times(2, () => [random.pick(transportNames), scopes] as const),
    );
  return objectText(random, [
    ['default', requirements],
    ['transports', transports],
  ]);
}

const transportNames = ['docker', 'nosuch', '', 'constructor'];
const scopeNames = ['', 'quay.io', 'quay.io/ns', '*.example.com', 'docker.io/library/nginx:1', 'UPPER', '__proto__'];

function requirementText(random: Random): string {
  const type = random.pick([
    'insecureAcceptAnything',
    'reject',
    'signedBy',
    'signedBy',
    'sigstoreSigned',
    'sigstoreSigned',
    'signedBaseLayer',
    'other',
  ]);
  const typeMember = ['type', () => stringText(type)] as const;
  if (type === 'signedBy') return objectText(random, [typeMember, ...some(random, signedByMembers(random), 3)]);
  if (type === 'sigstoreSigned') return objectText(random, [typeMember, ...some(random, sigstoreMembers(random), 3)]);
  if (type === 'signedBaseLayer')
    return objectText(random, [typeMember, ['baseLayerIdentity', () => matchText(random)]]);
  return objectText(random, [typeMember]);
}

type Members = readonly (readonly [string, () => string])[];

// Each name is unlikely enough that a good share of the requirements is valid.
function some(random: Random, members: Members, n: number): Members {
  return members.filter(([name]) => name === 'keyType' || random.oneIn(n));
}

function signedByMembers(random: Random): Members {
  return [
    ['keyType', () => stringText(random.pick(['GPGKeys', 'GPGKeys', 'signedByX509CAs', 'bad']))],
    ['keyPath', () => pathText(random)],
    ['keyPaths', () => arrayText(random, 2, () => pathText(random))],
    ['keyData', () => dataText(random)],
    ['signedIdentity', () => matchText(random)],
  ];
}

function sigstoreMembers(random: Random): Members {
  return [
    ['keyPath', () => pathText(random)],
    ['keyPaths', () => arrayText(random, 2, () => pathText(random))],
    ['keyData', () => dataText(random)],
    ['keyDatas', () => arrayText(random, 2, () => dataText(random))],
    ['fulcio', () => fulcioText(random)],
    ['pki', () => pkiText(random)],
    ['rekorPublicKeyPath', () => pathText(random)],
    ['rekorPublicKeyPaths', () => arrayText(random, 2, () => pathText(random))],
    ['rekorPublicKeyData', () => dataText(random)],
    ['rekorPublicKeyDatas', () => arrayText(random, 2, () => dataText(random))],
    ['signedIdentity', () => matchText(random)],
  ];
}

function fulcioText(random: Random): string {
  return objectText(random, [
    random.oneIn(2) ? ['caPath', () => pathText(random)] : ['caData', () => dataText(random)],
    ['oidcIssuer', () => pathText(random)],
    ['subjectEmail', () => pathText(random)],
  ]);
}

function pkiText(random: Random): string {
  return objectText(random, [
    random.oneIn(2) ? ['caRootsPath', () => pathText(random)] : ['caRootsData', () => dataText(random)],
    random.oneIn(2) ? ['caIntermediatesPath', () => pathText(random)] : ['caIntermediatesData', () => dataText(random)],
    random.oneIn(2) ? ['subjectEmail', () => pathText(random)] : ['subjectHostname', () => pathText(random)],
  ]);
}

function matchText(random: Random): string {
  const type = random.pick([
    'matchExact',
    'matchRepoDigestOrExact',
    'matchRepository',
    'exactReference',
    'exactRepository',
    'remapIdentity',
    'nope',
  ]);
  const typeMember = ['type', () => stringText(type)] as const;
  const name = () => stringText(random.pick(names));
  if (type === 'exactReference') return objectText(random, [typeMember, ['dockerReference', name]]);
  if (type === 'exactRepository') return objectText(random, [typeMember, ['dockerRepository', name]]);
  if (type === 'remapIdentity') return objectText(random, [typeMember, ['prefix', name], ['signedPrefix', name]]);
  return objectText(random, [typeMember]);
}

const names = [
  'quay.io/ns/app:v1',
  'quay.io/ns',
  'quay.io',
  'nginx',
  'mirror.corp:5000/a',
  'a_b',
  'UPPER',
  'a/',
  '',
  'a--b.c',
  '-a',
];

function pathText(random: Random): string {
  return stringText(random.pick(['/k', 'a@b', 'https://i', '']));
}

function dataText(random: Random): string {
  return random.pick([
    '"dGVzdA=="',
    '"dGVz\\ndA=="',
    '""',
    '"dGVzdA"',
    '"dGVzdB=="',
    '[116,101]',
    '[256]',
    '[1.0]',
    '[null]',
    '"d=Vz"',
  ]);
}
