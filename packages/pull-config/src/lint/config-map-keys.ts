import { type LocatedObject, valueAt } from '@pullpath/api';

/** Keys of a ConfigMap that a HostedCluster names in `imageMirrorConfigRef`. */
export const mirrorKeys: readonly string[] = ['idms.yaml', 'itms.yaml'];

/** Every key of a ConfigMap that holds manifests; `config` is read where a NodePool names the ConfigMap. */
export const manifestKeys: readonly string[] = [...mirrorKeys, 'config'];

/** True for a ConfigMap with mirrors for a whole HostedCluster. */
export function hasMirrorKey({ object }: LocatedObject): boolean {
  return mirrorKeys.some((key) => valueAt(object, ['data', key]) !== undefined);
}

/** True for an object inside such a ConfigMap. */
export function isUnderMirrorKey({ embedded }: LocatedObject): boolean {
  return mirrorKeys.some((key) => key === embedded?.path[1]);
}
