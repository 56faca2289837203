/** What kind of image reference a mirror serves; `tag` is an extension of this server. */
export type MirrorType = 'digest' | 'tag';

/** One image mirror of a cluster (clusters_mgmt v1 `ImageMirror`). */
export interface ImageMirror {
  readonly kind?: string;
  readonly id: string;
  readonly href?: string;
  readonly type: string;
  /** Unique among those of the cluster, and never changed. */
  readonly source: string;
  /** In the order in which they are tried. */
  readonly mirrors: readonly string[];
  /** RFC 3339; old servers leave it out. */
  readonly creation_timestamp?: string;
  /** RFC 3339; old servers leave it out. */
  readonly last_update_timestamp?: string;
}
