import type { MirrorRule } from '../model.ts';
import { isUnderMirrorKey } from './config-map-keys.ts';
import type { LintContext } from './rule.ts';

/**
 * Mirror entries of places that accept an entry without any mirror, or with its source as the only one, and then do
 * nothing. Tag mirrors of a HostedCluster and documents of a mirror ConfigMap are refused for that already.
 */
export function toleratedEntries({ mirrorEntries }: LintContext): readonly MirrorRule[] {
  return mirrorEntries.filter((rule) => !isStrict(rule));
}

function isStrict({ origin: { of, path } }: MirrorRule): boolean {
  return path.includes('imageTagMirrorSet') || isUnderMirrorKey(of);
}
