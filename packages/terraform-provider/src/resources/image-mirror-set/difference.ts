import type { ImageMirror } from '@pullpath/ocm-api/client';

/** The mirrors of each source. */
export type MirrorMap = Readonly<Record<string, readonly string[]>>;

/** The writes that lead from the mirrors of a cluster to those of a set. */
export interface SetDifference {
  readonly remove: readonly ImageMirror[];
  readonly replace: readonly { readonly mirror: ImageMirror; readonly mirrors: readonly string[] }[];
  readonly add: readonly { readonly source: string; readonly mirrors: readonly string[] }[];
}

/** Compares by source; the order of mirrors counts. Mirrors of other types than digest are no part of a set. */
export function setDifference(existing: readonly ImageMirror[], wanted: MirrorMap): SetDifference {
  const digest = existing.filter(({ type }) => type === 'digest');
  const known = new Set(digest.map(({ source }) => source));
  return {
    remove: digest.filter(({ source }) => !Object.hasOwn(wanted, source)),
    replace: digest.flatMap((mirror) => {
      const mirrors = Object.hasOwn(wanted, mirror.source) ? wanted[mirror.source] : undefined;
      return mirrors === undefined || sameOrder(mirrors, mirror.mirrors) ? [] : [{ mirror, mirrors }];
    }),
    add: Object.entries(wanted).flatMap(([source, mirrors]) => (known.has(source) ? [] : [{ source, mirrors }])),
  };
}

function sameOrder(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((mirror, at) => mirror === right[at]);
}
