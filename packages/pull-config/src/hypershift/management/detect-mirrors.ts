import { type LocatedObject, valueAt } from '@pullpath/api';
import { compareBytes } from '../../formats/go-order.ts';
import { isHostedMirrorRecord } from '../mirror-config/mirror-scope.ts';
import type { ImageOverrides } from './overrides-encoding.ts';

/** Which mirror kinds the API of the management cluster serves. */
export interface MirrorCapabilities {
  readonly idms: boolean;
  readonly itms: boolean;
  readonly icsp: boolean;
}

/**
 * The mirrors that a management cluster declares for itself, used for looking up release and control-plane images: IDMS
 * in the given order, then ITMS, then ICSP by descending name. Mirrors of one source are concatenated, blank sources and
 * mirrors skipped, policies ignored. Records of hosted clusters (label `mirror-scope: hosted`) never count.
 */
export function detectManagementMirrors(
  objects: readonly LocatedObject[],
  capabilities: MirrorCapabilities,
): ImageOverrides {
  const overrides = new Map<string, string[]>();
  for (const { kind, field } of mirrorKinds.filter(({ capability }) => capabilities[capability])) {
    const found = objects.filter(({ object }) => object.kind === kind && !isHostedMirrorRecord(object));
    const ordered = kind === 'ImageContentSourcePolicy' ? found.toSorted(byNameDescending) : found;
    for (const { object } of ordered) addRules(overrides, valueAt(object, ['spec', field]));
  }
  return overrides;
}

const mirrorKinds = [
  { capability: 'idms', kind: 'ImageDigestMirrorSet', field: 'imageDigestMirrors' },
  { capability: 'itms', kind: 'ImageTagMirrorSet', field: 'imageTagMirrors' },
  { capability: 'icsp', kind: 'ImageContentSourcePolicy', field: 'repositoryDigestMirrors' },
] as const;

function byNameDescending(a: LocatedObject, b: LocatedObject): number {
  return compareBytes(String(b.object.metadata.name ?? ''), String(a.object.metadata.name ?? ''));
}

function addRules(overrides: Map<string, string[]>, rules: unknown): void {
  if (!Array.isArray(rules)) return;
  for (const rule of rules) {
    const source = valueAt(rule, ['source']);
    const mirrors = mirrorsOf(rule);
    if (typeof source !== 'string' || source === '' || mirrors.length === 0) continue;
    overrides.set(source, [...(overrides.get(source) ?? []), ...mirrors]);
  }
}

function mirrorsOf(rule: unknown): readonly string[] {
  const mirrors = valueAt(rule, ['mirrors']);
  if (!Array.isArray(mirrors)) return [];
  return mirrors.filter((mirror) => typeof mirror === 'string' && mirror !== '');
}
