import type { ImageMirror } from '@pullpath/ocm-api/client';
import { isList, isObject, type ObjectValue, textAt, textsOf } from '../../wire/values.ts';
import type { MirrorMap } from './difference.ts';

export interface SetState {
  readonly clusterId: string;
  readonly mirrors: MirrorMap;
}

/** The set as operations see it; sources whose mirrors are not known are left out. */
export function setState(state: ObjectValue): SetState {
  const mirrors = isObject(state['mirrors']) ? state['mirrors'] : {};
  const known = Object.entries(mirrors).flatMap(([source, list]) =>
    isList(list) ? [[source, textsOf(list)] as const] : [],
  );
  return { clusterId: textAt(state, 'cluster_id'), mirrors: Object.fromEntries(known) };
}

/** The map of a set that has those mirrors. */
export function mapOf(mirrors: readonly ImageMirror[]): ObjectValue {
  const digest = mirrors.filter(({ type }) => type === 'digest');
  return Object.fromEntries(digest.map((mirror) => [mirror.source, mirror.mirrors]));
}
