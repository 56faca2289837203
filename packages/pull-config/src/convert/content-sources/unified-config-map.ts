import { type KubeObject, type LocatedObject, valueAt } from '@pullpath/api';
import { portableMetadata } from '../portable-metadata.ts';
import { yamlDocuments } from '../yaml-text.ts';

/** Documents to add to a unified mirror ConfigMap. */
export interface AddedDocuments {
  /** Go in front of the `idms.yaml` that is there. */
  readonly digest: readonly KubeObject[];
  /** Go behind the `itms.yaml` that is there. */
  readonly tag: readonly KubeObject[];
}

/** The ConfigMap with more documents; texts that are there stay as they are. Names are made unique within their key. */
export function extendConfigMap(configMap: KubeObject, { digest, tag }: AddedDocuments): KubeObject {
  const data = (configMap['data'] ?? {}) as Readonly<Record<string, string>>;
  const [idms = '', itms = ''] = [data['idms.yaml'], data['itms.yaml']];
  return {
    ...configMap,
    metadata: portableMetadata(configMap.metadata),
    data: {
      ...data,
      ...(digest.length > 0 ? { 'idms.yaml': joined(yamlDocuments(uniquelyNamed(digest, idms)), idms) } : {}),
      ...(tag.length > 0 ? { 'itms.yaml': joined(itms, yamlDocuments(uniquelyNamed(tag, itms))) } : {}),
    },
  };
}

function joined(first: string, second: string): string {
  if (first.trim() === '' || second.trim() === '') return first.trim() === '' ? second : first;
  const end = first.endsWith('\n') ? '' : '\n';
  return `${first}${end}${second.startsWith('---') ? '' : '---\n'}${second}`;
}

// A name that occurs anywhere in the text counts as taken, which errs on the safe side.
function uniquelyNamed(documents: readonly KubeObject[], text: string): KubeObject[] {
  const taken = new Set<string>();
  return documents.map((document) => {
    const base = document.metadata.name ?? 'mirrors';
    let name = base;
    for (let number = 2; taken.has(name) || text.includes(name); number++) name = `${base}-${number}`;
    taken.add(name);
    return { ...document, metadata: { ...document.metadata, name } };
  });
}

/** `imageContentSources` as an ImageDigestMirrorSet. Entries have no policy there, so they get none. */
export function digestDocument(sources: readonly unknown[]): KubeObject {
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name: 'content-sources' },
    spec: { imageDigestMirrors: sources.map(mirrorEntry) },
  };
}

/** An ImageTagMirrorSet with nothing but what the strict grammar of the ConfigMap takes. */
export function tagDocument({ object }: LocatedObject): KubeObject {
  const entries = valueAt(object, ['spec', 'imageTagMirrors']);
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageTagMirrorSet',
    metadata: { name: object.metadata.name ?? 'tag-mirrors' },
    spec: { imageTagMirrors: (Array.isArray(entries) ? entries : []).map(mirrorEntry) },
  };
}

function mirrorEntry(entry: unknown): object {
  const source = valueAt(entry, ['source']);
  const mirrors = valueAt(entry, ['mirrors']);
  const policy = valueAt(entry, ['mirrorSourcePolicy']);
  return { source, ...(mirrors === undefined ? {} : { mirrors }), ...(policy ? { mirrorSourcePolicy: policy } : {}) };
}
