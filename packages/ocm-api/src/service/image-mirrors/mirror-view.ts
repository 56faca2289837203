import type { ImageMirror } from '../../model/image-mirror.ts';
import { hrefs } from '../hrefs.ts';
import type { StoredMirror } from './stored-mirrors.ts';

/** A mirror as the API shows it. */
export function mirrorView(clusterId: string, mirror: StoredMirror): Required<ImageMirror> {
  const { id, type, source, mirrors, creation_timestamp, last_update_timestamp } = mirror;
  return {
    kind: 'ImageMirror',
    id,
    href: hrefs.imageMirror(clusterId, id),
    type,
    source,
    mirrors,
    creation_timestamp,
    last_update_timestamp,
  };
}
