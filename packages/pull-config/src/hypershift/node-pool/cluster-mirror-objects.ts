import type { KubeObject } from '@pullpath/api';
import { goYaml } from '../../formats/go-yaml.ts';
import type { MirrorRule } from '../../model.ts';

/**
 * The text of the core ConfigMap that carries a HostedCluster's mirrors to its nodes: an object `cluster` with the digest
 * rules, then one with the tag rules, in canonical YAML so that equal rules give equal hashes. Empty without rules.
 */
export function clusterMirrorText(digest: readonly MirrorRule[], tag: readonly MirrorRule[]): string {
  const isLegacy = digest.some(({ kind }) => kind === 'icsp');
  const documents = [
    ...(digest.length === 0 ? [] : [isLegacy ? clusterContentSourcePolicy(digest) : clusterDigestMirrorSet(digest)]),
    ...(tag.length === 0 ? [] : [clusterTagMirrorSet(tag)]),
  ];
  return documents.map(goYaml).join('---\n');
}

/** The ImageDigestMirrorSet `cluster` with these rules in their order. */
export function clusterDigestMirrorSet(rules: readonly MirrorRule[]): KubeObject {
  return { ...clusterObject('ImageDigestMirrorSet', { imageDigestMirrors: rules.map(specRule) }), status: {} };
}

/** The ImageTagMirrorSet `cluster` with these rules in their order. */
export function clusterTagMirrorSet(rules: readonly MirrorRule[]): KubeObject {
  return { ...clusterObject('ImageTagMirrorSet', { imageTagMirrors: rules.map(specRule) }), status: {} };
}

/** The object for releases below 4.13, which know no ImageDigestMirrorSet; policies have no place in it. */
export function clusterContentSourcePolicy(rules: readonly MirrorRule[]): KubeObject {
  const repositoryDigestMirrors = rules.map((rule) => ({ ...specRule(rule), mirrorSourcePolicy: undefined }));
  const object = clusterObject('ImageContentSourcePolicy', { repositoryDigestMirrors });
  return { ...object, apiVersion: 'operator.openshift.io/v1alpha1' };
}

function specRule({ source, mirrors, policy }: MirrorRule): Readonly<Record<string, unknown>> {
  return { source, mirrors: mirrors.length === 0 ? undefined : mirrors, mirrorSourcePolicy: policy };
}

function clusterObject(kind: string, spec: Readonly<Record<string, unknown>>): KubeObject {
  const labels = { 'machineconfiguration.openshift.io/role': 'worker' };
  return {
    apiVersion: 'config.openshift.io/v1',
    kind,
    metadata: { creationTimestamp: null, labels, name: 'cluster' },
    spec,
  };
}
