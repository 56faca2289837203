import type { KubeObject, LocatedObject } from '@pullpath/api';
import { mirrorsOfCluster } from '../../collect/cluster-mirrors.ts';
import { clusterTagMirrorSet } from '../node-pool/cluster-mirror-objects.ts';
import { marks, tagMirrorRecordName } from './names.ts';

/**
 * The ImageTagMirrorSet that records the tag mirrors in force of a HostedCluster on its management cluster, where its label
 * keeps it from configuring anything (hypershift 2.11). Undefined where there are none.
 */
export function tagMirrorRecord({ object }: LocatedObject, imageTagMirrorSet: unknown): KubeObject | undefined {
  const cluster = { object: { ...object, spec: { imageTagMirrorSet } } };
  const { tag } = mirrorsOfCluster({ cluster, config: {} }, undefined);
  if (tag.length === 0) return undefined;
  const { namespace, name = '' } = object.metadata;
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageTagMirrorSet',
    metadata: {
      name: tagMirrorRecordName(name),
      labels: { [marks.managed]: 'true', [marks.mirrorScope]: 'hosted' },
      annotations: { [marks.cluster]: `${namespace}/${name}` },
    },
    spec: clusterTagMirrorSet(tag)['spec'],
  };
}
