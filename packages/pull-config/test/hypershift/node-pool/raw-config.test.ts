import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultConfigManifest, rawConfig } from '../../../src/hypershift/index.ts';

const machineConfig = `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: a
  labels: {machineconfiguration.openshift.io/role: master, other: "1"}
spec:
  config: {ignition: {version: 3.2.0}, unknown: [yes, 0x10, null]}
  fips: true
  dropped: 1
`;

test('a MachineConfig is bound to the workers and written as Go writes it', () => {
  expect(defaultConfigManifest(machineConfig)).toMatchObject({
    text: `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  creationTimestamp: null
  labels:
    machineconfiguration.openshift.io/role: worker
    other: "1"
  name: a
spec:
  baseOSExtensionsContainerImage: ""
  config:
    ignition:
      version: 3.2.0
    unknown:
    - true
    - 16
    - null
  extensions: null
  fips: true
  kernelArguments: null
  kernelType: ""
  osImageURL: ""
`,
  });
});

test('a ContainerRuntimeConfig gets the selector of the built-in pools and canonical quantities', () => {
  const manifest = `apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata: {name: a}
spec:
  machineConfigPoolSelector: {matchLabels: {x: z}}
  containerRuntimeConfig: {logSizeMax: 1024Ki, overlaySize: "10000000", pidsLimit: 0}
`;
  expect(defaultConfigManifest(manifest)).toMatchObject({
    text: `apiVersion: machineconfiguration.openshift.io/v1
kind: ContainerRuntimeConfig
metadata:
  creationTimestamp: null
  name: a
spec:
  containerRuntimeConfig:
    logSizeMax: 1Mi
    overlaySize: 10M
    pidsLimit: 0
  machineConfigPoolSelector:
    matchLabels:
      machineconfiguration.openshift.io/mco-built-in: ""
status:
  conditions: null
`,
  });
});

test('mirror and policy objects keep their text, but for the version that ClusterImagePolicy has left', () => {
  const policy = '# v1\napiVersion: config.openshift.io/v1alpha1\nkind: ClusterImagePolicy\nmetadata: {name:   a}\n';
  expect(defaultConfigManifest(policy)).toMatchObject({ text: policy.replace('v1alpha1', 'v1') });
  const tags = 'kind:   ImageTagMirrorSet # as it is\napiVersion: config.openshift.io/v1\n';
  expect(defaultConfigManifest(tags)).toMatchObject({ text: tags });
});

test.each([
  ['a value of a wrong type', machineConfig.replace('fips: true', 'fips: maybe'), 'spec.fips is not a boolean'],
  ['no kind', 'apiVersion: v1\n', "Object 'Kind' is missing"],
  ['no apiVersion', 'kind: A\n', "Object 'apiVersion' is missing"],
  [
    'an unsupported kind of a known group',
    'apiVersion: config.openshift.io/v1\nkind: Image\n',
    'unsupported config type: Image',
  ],
  [
    'a kind of an unknown group',
    'apiVersion: apps/v1\nkind: Deployment\n',
    'no kind "Deployment" is registered for version "apps/v1"',
  ],
  ['a single value', 'unsupported', 'error decoding config: '],
])('%s is refused', (_, manifest, message) => {
  const result = defaultConfigManifest(manifest);
  expect(result.ok ? '' : result.message).toContain(message);
});

const digest = 'apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata: {name: b}\n';
const tag = 'apiVersion: config.openshift.io/v1\nkind: ImageTagMirrorSet\nmetadata: {name: a}\n';

test('documents are sorted, joined and end with a line end, blank ones are left out', () => {
  const { raw } = rawConfig([
    { name: 'x', config: `${tag.trimEnd()}\r\n--- # next\n\n---\n${digest.trimEnd()}` },
    { name: 'y' },
  ]);
  expect(raw).toBe(`${digest}\n---\n${tag}`);
});

test('the text does not depend on the order of ConfigMaps and documents', () => {
  const documents = [digest, tag, machineConfig, machineConfig.replace('name: a', 'name: z')];
  const expected = rawConfig([{ name: 'x', config: documents.join('---\n') }]).raw;
  fc.assert(
    fc.property(fc.shuffledSubarray(documents, { minLength: 4 }), fc.nat(4), (shuffled, cut) => {
      const configs = [shuffled.slice(0, cut), shuffled.slice(cut)].map((part) => ({
        name: 'x',
        config: part.join('---\n'),
      }));
      expect(rawConfig(configs).raw).toBe(expected);
    }),
  );
});

test('every document that cannot be used is named, and then there is no text', () => {
  const config = `kind: A\n---\n${tag}--- wrong\na: 1\n`;
  expect(rawConfig([{ name: 'x', config }])).toEqual({
    faults: [
      { configMap: 'x', message: 'configmap "x" contains invalid yaml: invalid document separator "--- wrong"' },
      expect.objectContaining({ configMap: 'x', document: 0 }),
      expect.objectContaining({ configMap: 'x', document: 1 }),
    ],
  });
});
