import { type LocatedObject, objectName } from '@pullpath/api';
import { textAt } from '../../collect/objects.ts';
import { goYaml } from '../../formats/go-yaml.ts';
import type { MirrorRule } from '../../model.ts';
import { marks, mirrorCopyName } from '../control-plane/names.ts';
import { clusterDigestMirrorSet, clusterTagMirrorSet } from '../node-pool/cluster-mirror-objects.ts';
import { hashSimple } from '../node-pool/fnv.ts';
import { type MirrorConfig, parseMirrorConfigMap } from './parse-config-map.ts';

/** The revision of a mirror ConfigMap that a hosted cluster runs with: the last one that was accepted (hypershift 2.6). */
export interface HeldConfig {
  readonly config: MirrorConfig;
  readonly hash: string;
  /** `namespace/name` of the ConfigMap that it is from, and which revision. */
  readonly source: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** Content and annotations of the copy. */
export interface MirrorCopy {
  readonly data: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Reads the copy in a control plane's namespace. */
export function readMirrorCopy(configMap: LocatedObject): HeldConfig {
  const annotation = (name: string): string => textAt(configMap, ['metadata', 'annotations', name]) ?? '';
  return {
    config: parseMirrorConfigMap(configMap, { name: mirrorCopyName, origin: { of: configMap, path: [] } }),
    hash: annotation(marks.mirrorHash),
    source: annotation(marks.mirrorSource),
    uid: annotation(marks.mirrorSourceUid),
    resourceVersion: annotation(marks.mirrorSourceVersion),
  };
}

/** The rules of a ConfigMap as they are kept: one document for each key, so that equal rules give equal text. */
export function mirrorCopyData({ idms, itms }: Pick<MirrorConfig, 'idms' | 'itms'>): MirrorCopy['data'] {
  return {
    ...(idms === undefined ? {} : { 'idms.yaml': goYaml(clusterDigestMirrorSet(idms)) }),
    ...(itms === undefined ? {} : { 'itms.yaml': goYaml(clusterTagMirrorSet(itms)) }),
  };
}

/** Names a revision by its rules alone: document names, comments and the order of keys do not count. */
export function mirrorHash(data: MirrorCopy['data']): string {
  return hashSimple(
    Object.keys(data)
      .sort()
      .map((key) => `${key}\0${data[key]}\0`)
      .join(''),
  );
}

/** The annotations of a copy of these rules from this ConfigMap. */
export function mirrorCopyAnnotations(
  { idms = [], itms = [] }: Pick<MirrorConfig, 'idms' | 'itms'>,
  configMap: LocatedObject,
  hash: string,
): MirrorCopy['annotations'] {
  const { namespace = '', name = '' } = configMap.object.metadata;
  const origins = [...originsOf(name, 'idms.yaml', idms), ...originsOf(name, 'itms.yaml', itms)];
  return {
    [marks.mirrorSource]: `${namespace}/${name}`,
    [marks.mirrorSourceUid]: textAt(configMap, ['metadata', 'uid']) ?? '',
    [marks.mirrorSourceVersion]: textAt(configMap, ['metadata', 'resourceVersion']) ?? '',
    [marks.mirrorHash]: hash,
    [marks.mirrorOrigin]: origins.join(','),
  };
}

function originsOf(configMap: string, key: string, rules: readonly MirrorRule[]): readonly string[] {
  const documents = new Set(rules.map(({ origin }) => origin.of.object.metadata.name ?? objectName(origin.of.object)));
  return [...documents].map((name) => `configmap/${configMap}#${key}/${name}`);
}
