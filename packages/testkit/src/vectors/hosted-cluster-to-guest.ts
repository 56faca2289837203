import { fromObject, type KubeObject, type LocatedObject, valueAt } from '@pullpath/api';
import {
  clusterDigestMirrorSet,
  clusterTagMirrorSet,
  guestMirrors,
  type MirrorRule,
  mirrorsOfCluster,
} from '@pullpath/pull-config';
import type { Area } from './run-vectors.ts';

interface Step {
  readonly hcp: { readonly spec?: Readonly<Record<string, unknown>> };
}

type Rules = readonly Readonly<Record<string, unknown>>[];

export const hostedClusterToGuest: Area = {
  reconcileGuestIDMS: (step: Step, expected: unknown) => shapedLike(expected, digestObject(step)),
  reconcileGuestIDMSSequence: ({ steps }: { readonly steps: readonly Step[] }) => ({
    idmsAfterEach: steps.map(digestObject),
  }),
  mergeDigest: (input: Readonly<Record<string, unknown>>) => ({
    rules: valueAt(clusterDigestMirrorSet(concatenated(input, 'idms')), ['spec', 'imageDigestMirrors']),
  }),
  mergeTag: (input: Readonly<Record<string, unknown>>) => ({
    rules: valueAt(clusterTagMirrorSet(concatenated(input, 'itms')), ['spec', 'imageTagMirrors']),
  }),
  fieldToItms: ({ imageTagMirrorSet }: { readonly imageTagMirrorSet: Rules }) => {
    const { tag } = mirrorsOfCluster({ cluster: plane({ imageTagMirrorSet }), config: {} }, undefined);
    return { rules: plain(valueAt(clusterTagMirrorSet(tag), ['spec', 'imageTagMirrors'])) };
  },
};

/** What upstream's own client adds to every object of a guest is left out. */
function digestObject({ hcp }: Step): unknown {
  const { digest } = guestMirrors(plane(hcp.spec ?? {}), undefined);
  if (!digest) throw new Error('a guest always has its ImageDigestMirrorSet');
  const { 'hypershift.openshift.io/managed': _managed, ...labels } = digest.metadata.labels ?? {};
  return plain({ ...digest, metadata: { ...digest.metadata, labels } });
}

function plane(spec: Readonly<Record<string, unknown>>): LocatedObject {
  const object: KubeObject = {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedControlPlane',
    metadata: { name: 'my-cluster', namespace: 'clusters-my-cluster' },
    spec: { releaseImage: 'quay.io/openshift-release-dev/ocp-release:4.21.0-x86_64', ...spec },
  };
  return fromObject(object);
}

/** All lists of the input in their order, as the control plane puts fields before ConfigMap. */
function concatenated(input: Readonly<Record<string, unknown>>, kind: MirrorRule['kind']): readonly MirrorRule[] {
  const lists = Object.values(input).filter((list): list is Rules => Array.isArray(list));
  return lists.flat().map((rule) => ({
    kind,
    source: String(rule['source']),
    mirrors: (rule['mirrors'] ?? []) as readonly string[],
    policy: rule['mirrorSourcePolicy'] as MirrorRule['policy'],
    origin: { of: plane({}), path: [] },
  }));
}

function shapedLike(expected: unknown, object: unknown): unknown {
  return typeof expected === 'object' && expected !== null && 'idms' in expected ? { idms: object } : object;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
