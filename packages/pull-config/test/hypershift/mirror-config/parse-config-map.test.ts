import { fromObject } from '@pullpath/api';
import { expect, test } from 'vitest';
import { type MirrorConfig, parseMirrorConfigMap } from '../../../src/hypershift/index.ts';
import { brief, load, ruleLines } from '../../collect/load.ts';

const origin = { of: fromObject({ apiVersion: 'v1', kind: 'X', metadata: {} }), path: [] };

function parse(data: string): MirrorConfig {
  const [configMap] = load(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n${data}`);
  return parseMirrorConfigMap(configMap, { name: 'm', origin });
}

function idms(rules: string, name = 'a'): string {
  return `    apiVersion: config.openshift.io/v1
    kind: ImageDigestMirrorSet
    metadata: {name: ${name}}
    spec:
      imageDigestMirrors:
${rules}`;
}

const rule = '      - {source: quay.io, mirrors: [m.example.com]}\n';

test('documents of a key are read in their order, also from a List', () => {
  const list = `    apiVersion: v1
    kind: List
    items:
    - {apiVersion: config.openshift.io/v1, kind: ImageDigestMirrorSet, metadata: {name: c}, spec: {imageDigestMirrors: [{source: c.io, mirrors: [m.io]}]}}
`;
  const {
    idms: rules,
    itms,
    reason,
  } = parse(`  idms.yaml: |\n${idms(rule)}    ---\n${idms(rule, 'b')}    ---\n${list}`);
  expect(ruleLines(rules ?? [])).toEqual([
    'idms quay.io -> m.example.com @11',
    'idms quay.io -> m.example.com @18',
    'idms c.io -> m.io @23',
  ]);
  expect([itms, reason]).toEqual([undefined, undefined]);
});

test('what oc get adds is accepted', () => {
  const document = idms(rule).replace(
    '{name: a}',
    '{name: a, creationTimestamp: null, labels: {x: z}, annotations: {x: z}}',
  );
  expect(parse(`  idms.yaml: |\n${document}    status: {}\n`)).toMatchObject({ diagnostics: [] });
});

test('an empty list is accepted', () => {
  expect(parse(`  idms.yaml: |\n${idms('').replace('Mirrors:', 'Mirrors: []')}`)).toMatchObject({
    idms: [],
    diagnostics: [],
  });
});

test.each([
  [
    'another kind',
    idms(rule).replace('DigestMirrorSet', 'TagMirrorSet'),
    'UnsupportedKind',
    ['error mirror-manifest-kind 7:11'],
  ],
  [
    'an ICSP',
    idms(rule)
      .replace('config.openshift.io/v1', 'operator.openshift.io/v1alpha1')
      .replace('ImageDigestMirrorSet', 'ImageContentSourcePolicy'),
    'UnsupportedKind',
    ['error mirror-manifest-kind 7:11'],
  ],
  [
    'another apiVersion',
    idms(rule).replace('openshift.io/v1', 'openshift.io/v2'),
    'InvalidManifest',
    ['error mirror-manifest-invalid 6:17'],
  ],
  [
    'no kind',
    idms(rule).replace('    kind: ImageDigestMirrorSet\n', ''),
    'InvalidManifest',
    ['error object-kind-missing 6:5'],
  ],
  ['no name', idms(rule).replace('{name: a}', '{}'), 'InvalidManifest', ['error mirror-manifest-invalid 8:15']],
  [
    'an unknown field',
    idms(rule.replace('mirrors:', 'mirrorSourcePolciy: NeverContactSource, mirrors:')),
    'InvalidManifest',
    ['error field-unknown 11:27'],
  ],
  [
    'no list',
    idms(rule).replace('imageDigestMirrors', 'mirrors'),
    'InvalidManifest',
    ['error mirror-manifest-invalid 10:7', 'error field-unknown 10:7'],
  ],
  [
    'a source with a tag',
    idms(rule.replace('quay.io', 'quay.io/a:1')),
    'ValidationFailed',
    ['error field-invalid 11:18'],
  ],
  [
    'an unknown policy',
    idms(rule.replace(']}', '], mirrorSourcePolicy: AllowFallback}')),
    'ValidationFailed',
    ['error field-not-supported 11:73'],
  ],
  ['no mirrors', idms(rule.replace('[m.example.com]', '[]')), 'ValidationFailed', ['error mirror-rule-invalid 11:9']],
  [
    'a mirror that is the source',
    idms(rule.replace('m.example.com', 'quay.io')),
    'ValidationFailed',
    ['error mirror-rule-invalid 11:37'],
  ],
])('%s refuses the ConfigMap at its place', (_, document, reason, expected) => {
  const parsed = parse(`  idms.yaml: |\n${document}`);
  expect([parsed.reason, parsed.key, parsed.idms]).toEqual([reason, 'idms.yaml', undefined]);
  expect(brief(parsed.diagnostics)).toEqual(expected);
});

test('faults of both keys are all reported, and the gravest gives the reason', () => {
  const parsed = parse(`  idms.yaml: |\n${idms(rule.replace('quay.io', 'quay.io/a:1'))}  itms.yaml: |\n    a: [\n`);
  expect([parsed.reason, parsed.key]).toEqual(['InvalidManifest', 'itms.yaml']);
  expect(parsed.diagnostics.length).toBe(2);
});

test('blank keys are as good as missing, and a key of NodePool ConfigMaps gets a hint', () => {
  const parsed = parse('  idms.yaml: " "\n  itms.yaml: "# nothing"\n  config: x\n');
  expect(parsed.reason).toBe('ConfigMapKeyMissing');
  expect(parsed.diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
    ['config-map-key-missing', undefined],
    ['config-map-key-unread', 'the key "config" belongs to ConfigMaps of NodePool.spec.config'],
  ]);
});

test('a missing ConfigMap is reported where it is named', () => {
  expect(parseMirrorConfigMap(undefined, { name: 'm', origin })).toMatchObject({ reason: 'ConfigMapNotFound' });
});

test('two documents of one name are refused', () => {
  expect(parse(`  idms.yaml: |\n${idms(rule)}    ---\n${idms(rule)}`).reason).toBe('InvalidManifest');
});

test('more than 2000 rules are refused', () => {
  const rules = Array.from({ length: 2001 }, (_, index) => rule.replace('quay.io', `quay.io/a${index}`)).join('');
  expect(parse(`  idms.yaml: |\n${idms(rules)}`).reason).toBe('ValidationFailed');
});
