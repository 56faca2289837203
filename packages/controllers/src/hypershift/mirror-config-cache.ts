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
import { Recent } from './recent.ts';

// One parse for each revision, whoever asks: an object of the cache is one revision of it.
const parsed = new WeakMap<LiveObject, MirrorConfig>();

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

/** The last good copy beside a control plane, with where its documents are from. */
export interface HeldCopy extends HeldConfig {
  readonly origin: string;
}

// Most control planes of a fleet have the same copy: it is read once for each text and origin, not for each namespace.
const mostTexts = 200;
const texts = new Recent<HeldCopy>(mostTexts);
const copies = new WeakMap<LiveObject, HeldCopy>();

/** Reads the last good copy beside a control plane. The same content gives the same value. */
export function heldConfig(copy: LiveObject): HeldCopy {
  const known = copies.get(copy) ?? texts.get(contentOf(copy), () => readCopy(copy));
  copies.set(copy, known);
  return known;
}

function contentOf({ data, metadata: { annotations } }: LiveObject): string {
  return JSON.stringify([data, annotations]);
}

function readCopy(copy: LiveObject): HeldCopy {
  const origin = copy.metadata.annotations?.[marks.mirrorOrigin] ?? '';
  return { ...readMirrorCopy(located(copy)), origin };
}
