import { describe, expect, test } from 'vitest';
import { loadManifests } from '../../src/load/load-manifests.ts';
import { validateObject } from '../../src/schema/validate-object.ts';

function faultsOf(text: string) {
  const { objects } = loadManifests([{ file: 'a.yaml', text }]);
  return objects.flatMap((located) => validateObject(located));
}

const itms = `apiVersion: config.openshift.io/v1
kind: ImageTagMirrorSet
metadata:
  name: rhel9
spec:
  imageTagMirrors:
`;

test('a sound object has no faults', () => {
  expect(faultsOf(`${itms}  - source: quay.io/ns\n    mirrors: [m.corp/ns]\n`)).toEqual([]);
});

test('a fault stands at its value, with the name of the object and field', () => {
  expect(faultsOf(`${itms}  - source: https://quay.io\n    mirrors: [m.corp/ns]\n`)).toMatchObject([
    {
      code: 'field-invalid',
      severity: 'error',
      message: 'spec.imageTagMirrors[0].source has an invalid value "https://quay.io"',
      at: { start: { line: 7, column: 13 } },
      object: 'ImageTagMirrorSet/rhel9',
      path: 'spec.imageTagMirrors[0].source',
    },
  ]);
});

test('AllowFallback is explained', () => {
  const [fault] = faultsOf(
    `${itms}  - source: quay.io\n    mirrors: [m.corp]\n    mirrorSourcePolicy: AllowFallback\n`,
  );
  expect(fault).toMatchObject({
    code: 'field-not-supported',
    expected: 'one of "NeverContactSource", "AllowContactingSource"',
    at: { start: { line: 9 } },
  });
  expect(fault?.hint).toContain('AllowContactingSource');
});

test('an unknown field stands at its key, with the name that was meant', () => {
  expect(faultsOf(`${itms}  - source: quay.io\n    mirrorSourcePolciy: NeverContactSource\n`)).toMatchObject([
    {
      code: 'field-unknown',
      message: 'spec.imageTagMirrors[0].mirrorSourcePolciy is not a field of ImageTagMirrorSet',
      at: { start: { line: 8, column: 5 } },
      hint: 'did you mean mirrorSourcePolicy?',
    },
  ]);
});

test('all faults come at once, in the order of the text', () => {
  const text = `${itms}  - mirrors: [m.corp, m.corp]\n    source: quay.io:tag/x\n    more: 1\n  - mirrors: x\n`;
  expect(faultsOf(text).map(({ code, at }) => [code, at?.start.line])).toEqual([
    ['field-duplicate', 7],
    ['field-invalid', 8],
    ['field-unknown', 9],
    ['field-required', 10],
    ['field-type', 10],
  ]);
});

test('an enum value in another case is suggested', () => {
  const text = `${itms}  - source: quay.io\n    mirrorSourcePolicy: nevercontactsource\n`;
  expect(faultsOf(text)[0]?.hint).toBe('did you mean "NeverContactSource"?');
});

test('a name that no server accepts is a fault', () => {
  expect(faultsOf(itms.replace('rhel9', 'RHEL_9'))).toMatchObject([{ code: 'field-invalid', path: 'metadata.name' }]);
});

test.each([
  ['metadata: {name: App_1}\nspec: {}', /^metadata\.name must be a lower-case /],
  [
    'metadata: {name: a}\nspec: {imageTagMirrorSet: [{source: quay.io, mirrors: []}]}',
    /^spec\.imageTagMirrorSet\[0\]\.mirrors: at least one mirror must be specified$/,
  ],
])('a message names the field that it is about: %j', (rest, message) => {
  const [located] = loadManifests([
    { file: 'a.yaml', text: `apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\n${rest}\n` },
  ]).objects;
  const messages = located ? validateObject(located).map((fault) => fault.message) : [];
  expect(messages).toContainEqual(expect.stringMatching(message));
});

test('objects of other kinds have no faults', () => {
  expect(faultsOf('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: 1\n')).toEqual([]);
});

test('what a server writes is at most a warning', () => {
  const text = `${itms.replace('metadata:', 'status: {x: 1}\nmetadata:\n  clusterName: old')}  - source: quay.io\n`;
  expect(faultsOf(text).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
});

test('an install-config is known without a kind', () => {
  const text =
    'apiVersion: v1\nmetadata: {name: c}\nbaseDomain: example.com\nimageDigestSources:\n- mirrors: [m.corp/a]\n';
  expect(faultsOf(text)).toMatchObject([{ code: 'field-required', path: 'imageDigestSources[0].source' }]);
});

describe('nothing confidential is shown', () => {
  test.each([
    ['a Secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {password: [hunter2]}\ntype: [hunter2]\n'],
    [
      'an install-config',
      'apiVersion: v1\nmetadata: {name: c}\nbaseDomain: example.com\npullSecret: {auth: hunter2}\n',
    ],
  ])('%s', (_, text) => {
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});

test('on update only what changed is refused', () => {
  const load = (text: string) => loadManifests([{ file: 'a.yaml', text }]).objects[0]!;
  const old = load(`${itms}  - source: https://quay.io\n`);
  expect(validateObject(load(`${itms}  - source: https://quay.io\n`), { old })).toEqual([]);
  expect(validateObject(load(`${itms}  - source: https://quay.io/x\n`), { old })).toHaveLength(1);
});

test('a mapping where a scalar belongs is one fault; its keys are not told as unknown fields', () => {
  const faults = faultsOf(`${itms}  - source: {host: quay.io, path: ns}\n    mirrors: [m.corp/ns]\n    extra: 1\n`);
  expect(faults.map(({ code, path }) => [code, path])).toEqual([
    ['field-type', 'spec.imageTagMirrors[0].source'],
    ['field-unknown', 'spec.imageTagMirrors[0].extra'],
  ]);
});
