import type { Diagnostic } from '@pullpath/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileNodeConfig, type Dialect, type MirrorRule, renderNodeFiles } from '../../src/index.ts';
import { workerRules } from './manifests.ts';
import { rule, ruleSet } from './rule-builders.ts';

test('rules that conflict give no configuration, and the error names both lines', () => {
  const { config, diagnostics } = compile(
    `apiVersion: config.openshift.io/v1
kind: ImageDigestMirrorSet
metadata: {name: digest}
spec:
  imageDigestMirrors:
    - source: quay.io
      mirrors: [m.io]
`,
    `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: tag}
spec:
  imageTagMirrors:
    - source: quay.io
      mirrors: [m.io]
      mirrorSourcePolicy: NeverContactSource
`,
  );
  expect(config).toBeUndefined();
  expect(diagnostics.map(places)).toEqual(['conflicting-policies-for-source b.yaml:8 <- a.yaml:6']);
});

test('faults of mirrors, registry sources and image policies are all told at once', () => {
  const { diagnostics } = compile(`apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources:
    insecureRegistries: ["*"]
    blockedRegistries: [docker.io]
    allowedRegistries: [quay.io]
---
apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata: {name: old}
spec:
  repositoryDigestMirrors:
    - source: "*.example.com"
      mirrors: [m.io:tag]
---
apiVersion: config.openshift.io/v1
kind: ClusterImagePolicy
metadata: {name: signed}
spec:
  scopes: [docker.io/ns]
  policy:
    rootOfTrust: {policyType: PublicKey, publicKey: {keyData: Zm9v}}
`);
  expect(diagnostics.map(places)).toEqual([
    'release-image-missing a.yaml:7',
    'scope-format a.yaml:6',
    'mirror-format a.yaml:16',
    'allowed-and-blocked-both-set a.yaml:8 <- a.yaml:7',
    'image-policy-scope-not-allowed a.yaml:22 <- a.yaml:8',
    'image-policy-scope-blocked a.yaml:22 <- a.yaml:7',
  ]);
});

test('an entry that makes nodes refuse the whole file is warned of at its place', () => {
  const { config, diagnostics } = compile(`apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources:
    insecureRegistries:
      - https://m.io
      - quay.io/app:tag
    containerRuntimeSearchRegistries: [quay.io, not a host]
`);
  expect(diagnostics.map(places)).toEqual(['registries-conf-unusable a.yaml:7', 'registries-conf-unusable a.yaml:9']);
  expect(config).toBeDefined();
});

test('two spellings of one registry that only together make nodes refuse the file are warned of', () => {
  const { diagnostics } = compile(`apiVersion: config.openshift.io/v1
kind: Image
metadata: {name: cluster}
spec:
  registrySources:
    insecureRegistries: [m.io/]
    blockedRegistries: [m.io]
`);
  expect(diagnostics.map(places)).toContain('registries-conf-unusable a.yaml:6');
});

test('no rule at all asks for no file', () => {
  const { config } = compile();
  expect(config && renderNodeFiles(config, { dialect: '4.19' })).toEqual([]);
});

test('an empty list, or a mirror object without entries, asks for a registries.conf', () => {
  const empty = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata: {name: none}
spec: {imageTagMirrors: []}
`;
  expect(compile(empty).config?.registriesConf?.registries).toEqual([]);
});

test.each([
  ['itms', undefined, 'error'],
  ['idms', 'NeverContactSource', 'error'],
  ['idms', undefined, 'warning'],
] as const)('before 4.13, rule %s with policy %s is an %s', (kind, policy, severity) => {
  const rules = ruleSet({ rules: [rule(kind, 'quay.io', ['m.io'], policy)] });
  const { config, diagnostics } = compileNodeConfig(rules, { dialect: '4.12', pool: 'worker' });
  expect(diagnostics).toMatchObject([{ code: 'rule-not-in-release', severity }]);
  expect(config === undefined).toBe(severity === 'error');
});

test('the order of objects does not matter, as it does not upstream', () => {
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (rules, random) => {
      const shuffled = rules
        .map((each) => ({ each, key: random.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ each }) => each);
      expect(textOf(shuffled)).toBe(textOf(rules));
    }),
  );
});

test('the order of mirrors inside a rule does', () => {
  expect(textOf([rule('idms', 'a.io', ['x.io', 'y.io'])])).not.toBe(textOf([rule('idms', 'a.io', ['y.io', 'x.io'])]));
});

const location = fc.constantFrom('a.io', 'a.io/ns', 'b.io', 'm.io', 'm.io/ns', 'n.io:5000');
const anyRule: fc.Arbitrary<MirrorRule> = fc
  .tuple(fc.constantFrom('idms', 'icsp', 'itms'), location, fc.uniqueArray(location, { maxLength: 3 }))
  .map(([kind, source, mirrors]) => rule(kind, source, mirrors));

function textOf(rules: readonly MirrorRule[]): string {
  const { config } = compileNodeConfig(ruleSet({ rules }), options('4.19'));
  return config ? (renderNodeFiles(config, { dialect: '4.19' })[0]?.contents ?? '') : 'refused';
}

function compile(...texts: string[]): ReturnType<typeof compileNodeConfig> {
  return compileNodeConfig(workerRules(...texts), options('4.19'));
}

function options(dialect: Dialect): Parameters<typeof compileNodeConfig>[1] {
  return { dialect, pool: 'worker' };
}

function places({ code, at, related = [] }: Diagnostic): string {
  const others = related.map((place) => ` <- ${place.at?.file}:${place.at?.start.line}`);
  return `${code} ${at?.file}:${at?.start.line}${others.join('')}`;
}
