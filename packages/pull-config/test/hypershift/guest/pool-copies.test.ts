import { fromObject, type KubeObject, type LocatedObject } from '@pullpath/api';
import { expect, test } from 'vitest';
import { guestPoolCopies } from '../../../src/hypershift/index.ts';

const document = (name: string, source: string): string =>
  `apiVersion: config.openshift.io/v1\nkind: ImageTagMirrorSet\nmetadata:\n  name: ${name}\nspec:\n  imageTagMirrors:\n  - source: ${source}\n    mirrors: [m.example.com]\n`;

function configMap(name: string, ...documents: readonly string[]): LocatedObject {
  const metadata = { namespace: 'clusters', name };
  return fromObject<KubeObject>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { config: documents.join('---\n') },
  });
}

const names = (copies: readonly KubeObject[]) =>
  copies.map(({ metadata }) => [metadata.name, metadata.annotations?.['hypershift.openshift.io/nodepools']]);

test('equal documents of several pools are one object that names them', () => {
  const shared = [configMap('shared', document('tags', 'quay.io'))];
  const copies = guestPoolCopies([
    { nodePool: 'b', configMaps: shared },
    { nodePool: 'a', configMaps: shared },
  ]);
  expect(names(copies)).toEqual([['tags', 'a,b']]);
  expect(copies[0]?.metadata.annotations?.['hypershift.openshift.io/image-mirror-origin']).toBe(
    'configmap/shared#config/tags',
  );
});

test('a name that is taken or reserved gets the name of the pool', () => {
  const copies = guestPoolCopies([
    { nodePool: 'a', configMaps: [configMap('one', document('tags', 'quay.io'), document('cluster', 'ghcr.io'))] },
    { nodePool: 'b', configMaps: [configMap('two', document('tags', 'docker.io'))] },
  ]);
  expect(names(copies)).toEqual([
    ['tags', 'a'],
    ['cluster-a', 'a'],
    ['tags-b', 'b'],
  ]);
});

test('documents that are no mirror objects are not shown', () => {
  const machineConfig =
    'apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  name: m\nspec: {}\n';
  expect(guestPoolCopies([{ nodePool: 'a', configMaps: [configMap('one', machineConfig)] }])).toEqual([]);
});
