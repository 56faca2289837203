import { type LocatedObject, valueAt } from '@pullpath/api';
import type { MirrorRule } from '../model.ts';

/**
 * Rules of `image_mirrors` of the OCM API, one object each: `kind: ImageMirror` with `type`, `source` and `mirrors`, below
 * an apiVersion that starts with `clusters_mgmt`. They are digest rules without a policy unless `type` is `tag`.
 */
export function imageMirrorRules(objects: readonly LocatedObject[]): readonly MirrorRule[] {
  return objects.filter(isImageMirror).flatMap((located) => {
    const { source, mirrors } = located.object;
    if (typeof source !== 'string' || !Array.isArray(mirrors)) return [];
    const kind = valueAt(located.object, ['type']) === 'tag' ? 'itms' : 'idms';
    const texts = mirrors.filter((mirror) => typeof mirror === 'string');
    return [{ kind, source, mirrors: texts, origin: { of: located, path: [] } }];
  });
}

function isImageMirror({ object }: LocatedObject): boolean {
  return object.kind === 'ImageMirror' && object.apiVersion.startsWith('clusters_mgmt');
}
