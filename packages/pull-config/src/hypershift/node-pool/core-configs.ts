import { valueAt } from '@pullpath/api';

/** The core ConfigMap with the mirrors of the HostedCluster. */
export const mirrorConfigName = 'ignition-config-40-image-content-source';

/**
 * Names of the ConfigMaps in a hosted control plane's namespace that every NodePool needs: FIPS, SSH, the mirrors when the
 * HostedCluster has any source of them, and haproxy unless HyperShift renders it itself.
 */
export function expectedCoreConfigs(spec: unknown, options: { readonly haproxyRendered: boolean }): readonly string[] {
  return [
    'ignition-config-fips',
    'ignition-config-worker-ssh',
    ...(options.haproxyRendered ? [] : ['ignition-config-apiserver-haproxy']),
    ...(hasMirrors(spec) ? [mirrorConfigName] : []),
  ];
}

/** The core configuration of a NodePool, or the names that are still missing. */
export function coreConfigs<T extends { readonly name: string }>(
  present: readonly T[],
  expected: readonly string[],
): { readonly found: readonly T[]; readonly missing: readonly string[] } {
  const found = expected.flatMap((name) => present.find((config) => config.name === name) ?? []);
  return { found, missing: expected.filter((name) => !present.some((config) => config.name === name)) };
}

function hasMirrors(spec: unknown): boolean {
  const lists = [valueAt(spec, ['imageContentSources']), valueAt(spec, ['imageTagMirrorSet'])];
  const ref = valueAt(spec, ['imageMirrorConfigRef', 'name']);
  return lists.some((list) => Array.isArray(list) && list.length > 0) || (typeof ref === 'string' && ref !== '');
}
