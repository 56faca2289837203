import {
  type HeldConfig,
  type MirrorCandidate,
  type MirrorConfig,
  marks,
  parseMirrorConfigMap,
  readMirrorCopy,
} from '@pullpath/pull-config';
import type { LiveObject } from '../manager/live-object.ts';
import { located } from '../manager/located.ts';

// One parse for each revision, whoever asks: an object of the cache is one revision of it.
const parsed = new WeakMap<LiveObject, MirrorConfig>();
const copies = new WeakMap<LiveObject, HeldConfig & { readonly origin: string }>();

/** What the ConfigMap says that a HostedCluster names. */
export function mirrorCandidate(
  hostedCluster: LiveObject,
  name: string,
  configMap: LiveObject | undefined,
): MirrorCandidate {
  const namespace = hostedCluster.metadata.namespace ?? '';
  const origin = { of: located(hostedCluster), path: ['spec', 'imageMirrorConfigRef', 'name'] };
  if (!configMap) return { namespace, name, config: parseMirrorConfigMap(undefined, { name, origin }) };
  const config = parsed.get(configMap) ?? parseMirrorConfigMap(located(configMap), { name, origin });
  parsed.set(configMap, config);
  return { namespace, name, configMap: located(configMap), config };
}

/** The last good copy beside a control plane. */
export function heldConfig(copy: LiveObject): HeldConfig & { readonly origin: string } {
  const known = copies.get(copy) ?? {
    ...readMirrorCopy(located(copy)),
    origin: copy.metadata.annotations?.[marks.mirrorOrigin] ?? '',
  };
  copies.set(copy, known);
  return known;
}
