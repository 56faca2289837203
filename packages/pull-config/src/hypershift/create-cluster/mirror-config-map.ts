import { type KubeObject, type LocatedObject, objectName, validateObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { mirrorRulesOf } from '../../collect/mirror-rules.ts';
import { goYaml } from '../../formats/go-yaml.ts';
import type { MirrorRule } from '../../model.ts';
import { checkMirrorDocument, checkMirrorRules } from '../mirror-config/check-document.ts';
import type { MirrorConfigKey } from '../mirror-config/parse-config-map.ts';
import type { ClusterFiles } from './cluster-files.ts';
import { mirrorManifests } from './mirror-files.ts';

/** The mirror ConfigMap made from manifests, its rules, and everything wrong with them. */
export interface MirrorConfigMap {
  readonly configMap?: KubeObject | undefined;
  readonly rules: readonly MirrorRule[];
  readonly diagnostics: readonly Diagnostic[];
}

const flag = 'image-mirror-config';
const kinds = ['ImageDigestMirrorSet', 'ImageTagMirrorSet', 'ImageContentSourcePolicy'];

/**
 * The ConfigMap `NAME-image-mirrors` of `--image-mirror-config`: digest objects, ICSPs among them as the objects that
 * replaced them, below `idms.yaml` and tag objects below `itms.yaml`. Status and what a server adds are left out.
 */
export function mirrorConfigMap(files: ClusterFiles, cluster: { name: string; namespace: string }): MirrorConfigMap {
  const read = files.texts(flag).map((file) => mirrorManifests(file, flag, kinds));
  const documents = read.flatMap((file) => file.documents);
  const diagnostics = [...read.flatMap((file) => file.diagnostics), ...faultsOf(documents)];
  const tags = documents.filter(({ object }) => object.kind === 'ImageTagMirrorSet');
  const digests = documents.filter((document) => !tags.includes(document));
  if (documents.length === 0) return { rules: [], diagnostics };
  const data: Partial<Record<MirrorConfigKey, string>> = {
    ...(digests.length > 0 && { 'idms.yaml': textOf(withDistinctNames(digests)) }),
    ...(tags.length > 0 && { 'itms.yaml': textOf(tags.map(({ object }) => object)) }),
  };
  const labels = { 'hypershift.openshift.io/safe-to-delete-with-cluster': 'true' };
  const metadata = { labels, name: `${cluster.name}-image-mirrors`, namespace: cluster.namespace };
  const configMap = { apiVersion: 'v1', data, kind: 'ConfigMap', metadata };
  return { configMap, rules: documents.flatMap(mirrorRulesOf), diagnostics };
}

/** The same faults that refuse the ConfigMap later, at their places in the files. */
function faultsOf(documents: readonly LocatedObject[]): readonly Diagnostic[] {
  const taken = new Map(kinds.map((kind) => [kind, new Set<string>()]));
  return documents.flatMap((document) => {
    const { kind } = document.object;
    if (kind === 'ImageContentSourcePolicy')
      return [...validateObject(document), ...checkMirrorRules(document)].filter(isError);
    return checkMirrorDocument(document, kind, taken.get(kind) ?? new Set()).map(({ diagnostic }) => diagnostic);
  });
}

/** An ICSP often has the name of the object that was made from it. */
function withDistinctNames(documents: readonly LocatedObject[]): readonly KubeObject[] {
  const taken = new Set(documents.filter((document) => !isIcsp(document)).map(({ object }) => object.metadata.name));
  return documents.map((document) => {
    if (!isIcsp(document)) return document.object;
    let name = document.object.metadata.name ?? 'icsp';
    while (taken.has(name)) name = `${name}-icsp`;
    taken.add(name);
    return converted(document.object, name);
  });
}

function isIcsp({ object }: LocatedObject): boolean {
  return object.kind === 'ImageContentSourcePolicy';
}

function converted(object: KubeObject, name: string): KubeObject {
  const spec = object['spec'] as { readonly repositoryDigestMirrors?: unknown } | undefined;
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { ...object.metadata, name },
    spec: { imageDigestMirrors: spec?.repositoryDigestMirrors ?? [] },
  };
}

function textOf(objects: readonly KubeObject[]): string {
  return objects.map((object) => goYaml(portable(object))).join('---\n');
}

function portable(object: KubeObject): KubeObject {
  const { name, labels, annotations } = object.metadata;
  if (name === undefined) throw new Error(`${objectName(object)} has passed the check for a name`);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name, ...(labels && { labels }), ...(annotations && { annotations }) },
    spec: object['spec'],
  };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
