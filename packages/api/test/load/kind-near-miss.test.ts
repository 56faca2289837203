import { applyEdits } from '@pullpath/diagnostics';
import { expect, test } from 'vitest';
import { apiVersionOf, kindNearMiss, kinds, loadManifests } from '../../src/index.ts';

const known = kinds.map((definition) => ({ apiVersion: apiVersionOf(definition), kind: definition.kind }));

function nearMiss(apiVersion: string, kind: string, rest = ''): ReturnType<typeof kindNearMiss> {
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${rest}`;
  return kindNearMiss(loadManifests([{ file: 'f.yaml', text }]).objects[0]!, known);
}

test.each([
  ['config.openshift.io/v1', 'ImageDigestMirorSet', 'ImageDigestMirrorSet'],
  ['config.openshift.io/v1', 'ImageDigestMirrorSets', 'ImageDigestMirrorSet'],
  ['config.openshift.io/v1', 'imagetagmirrorset', 'ImageTagMirrorSet'],
  ['config.openshift.io/v1', 'ImageTagMirror', 'ImageTagMirrorSet'],
  ['config.openshfit.io/v1', 'ImageTagMirrorSets', 'ImageTagMirrorSet'],
  ['hypershift.openshift.io/v1beta1', 'Nodepool', 'NodePool'],
  ['v1', 'Configmap', 'ConfigMap'],
])('%s %s looks like %s', (apiVersion, kind, meant) => {
  expect(nearMiss(apiVersion, kind)).toMatchObject({ code: 'kind-near-miss', severity: 'warning', expected: meant });
});

test.each([
  ['config.openshift.io/v1alpha1', 'ImageDigestMirrorSet', 'config.openshift.io/v1'],
  ['operator.openshift.io/v1alpha1', 'ImageDigestMirrorSet', 'config.openshift.io/v1'],
  ['image.openshift.io/v1', 'ImageTagMirrorSet', 'config.openshift.io/v1'],
  ['config.openshift.io/v1', 'ImageContentSourcePolicy', 'operator.openshift.io/v1alpha1'],
  ['v1', 'NodePool', 'hypershift.openshift.io/v1beta1'],
  ['hypershift.openshift.io/v1alpha1', 'HostedCluster', 'hypershift.openshift.io/v1beta1'],
])('%s is not where %s is', (apiVersion, kind, meant) => {
  expect(nearMiss(apiVersion, kind)).toMatchObject({ path: 'apiVersion', expected: meant });
});

test.each([
  ['config.openshift.io/v1', 'ImageDigestMirrorSet'],
  ['image.openshift.io/v1', 'Image'],
  ['kpack.io/v1alpha2', 'Image'],
  ['example.com/v1', 'ImagePolicy'],
  ['machineconfiguration.openshift.io/v1', 'MachineOSConfig'],
  ['machineconfiguration.openshift.io/v1', 'MachineConfigNode'],
  ['machineconfiguration.openshift.io/v1', 'ControllerConfig'],
  ['config.openshift.io/v1', 'Infrastructure'],
  ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration'],
  ['apps/v1', 'Deployment'],
  ['v1', 'Service'],
  ['v1', 'Node'],
  ['bitnami.com/v1alpha1', 'SealedSecret'],
])('%s %s is nothing of ours', (apiVersion, kind) => {
  expect(nearMiss(apiVersion, kind)).toBeUndefined();
});

test('the fix writes the known name', () => {
  const text = 'apiVersion: config.openshift.io/v1 # c\nkind: ImageDigestMirorSet\nmetadata: {name: a}\n';
  const found = kindNearMiss(loadManifests([{ file: 'f.yaml', text }]).objects[0]!, known);
  expect(applyEdits(text, found!.fix!.edits)).toBe(text.replace('Miror', 'Mirror'));
  expect(found?.at?.start).toMatchObject({ line: 2, column: 7 });
});

test('a policy of which only the kind was changed needs more than a name', () => {
  const found = nearMiss(
    'operator.openshift.io/v1alpha1',
    'ImageDigestMirrorSet',
    'spec: {repositoryDigestMirrors: []}\n',
  );
  expect(found?.hint).toContain('pullpath migrate icsp');
  expect(found?.fix).toBeUndefined();
});
