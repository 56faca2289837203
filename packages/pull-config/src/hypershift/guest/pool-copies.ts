import { type KubeObject, type LocatedObject, loadEmbedded } from '@pullpath/api';
import { isMirrorObject } from '../../collect/mirror-rules.ts';
import { compareBytes } from '../../formats/go-order.ts';
import { marks } from '../control-plane/names.ts';

/** A NodePool and the ConfigMaps that its `spec.config` names. */
export interface PoolDocuments {
  readonly nodePool: string;
  readonly configMaps: readonly LocatedObject[];
}

/**
 * The mirror objects of NodePools as users of the hosted cluster see them: each under its own name, equal ones of several
 * pools once, with the pools in an annotation. A name that another content has, or that is `cluster`, gets the pool's name
 * after it (hypershift 2.12). Pools in byte order decide who keeps a name.
 */
export function guestPoolCopies(pools: readonly PoolDocuments[]): readonly KubeObject[] {
  const copies = new Map<string, Copy>();
  for (const { nodePool, configMaps } of pools.toSorted((a, b) => compareBytes(a.nodePool, b.nodePool)))
    for (const document of configMaps.flatMap(mirrorDocuments)) place(copies, document, nodePool);
  return [...copies.values()].map(({ document, name, nodePools }) => copyOf(document, name, nodePools));
}

interface Copy {
  readonly document: LocatedObject;
  readonly name: string;
  readonly nodePools: string[];
}

function mirrorDocuments(configMap: LocatedObject): readonly LocatedObject[] {
  return loadEmbedded(configMap, ['data', 'config']).objects.filter(
    (document) => isMirrorObject(document) && typeof document.object.metadata.name === 'string',
  );
}

function place(copies: Map<string, Copy>, document: LocatedObject, nodePool: string): void {
  const own = String(document.object.metadata.name);
  for (const name of [...(own === 'cluster' ? [] : [own]), `${own}-${nodePool}`]) {
    const key = `${document.object.kind}/${name}`;
    const taken = copies.get(key);
    if (!taken) return void copies.set(key, { document, name, nodePools: [nodePool] });
    if (sameSpec(taken.document, document)) {
      if (!taken.nodePools.includes(nodePool)) taken.nodePools.push(nodePool);
      return;
    }
  }
}

function sameSpec(a: LocatedObject, b: LocatedObject): boolean {
  return JSON.stringify(a.object['spec']) === JSON.stringify(b.object['spec']);
}

function copyOf({ object, embedded }: LocatedObject, name: string, nodePools: readonly string[]): KubeObject {
  const configMap = embedded?.in.object.metadata.name;
  const annotations = {
    [marks.nodePools]: nodePools.join(','),
    ...(configMap === undefined
      ? {}
      : { [marks.mirrorOrigin]: `configmap/${configMap}#config/${object.metadata.name}` }),
  };
  const metadata = { name, labels: { [marks.managed]: 'true' }, annotations };
  return { apiVersion: object.apiVersion, kind: object.kind, metadata, spec: object['spec'] };
}
