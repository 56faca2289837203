import type { LocatedObject, Path } from '@pullpath/api';
import type { MirrorSource } from './merge-mirror-sources.ts';

type SourceField = 'imageContentSources' | 'imageDigestSources';

/** One entry of a mirror list of install-config with its place. Values of a wrong type are absent. */
export interface LocatedSource {
  readonly field: SourceField;
  readonly path: Path;
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly sourcePolicy?: unknown;
}

/** Entries of both lists in the order of the file; what is no list or no mapping is passed over. */
export function mirrorSources({ object }: LocatedObject): LocatedSource[] {
  const fields: readonly SourceField[] = ['imageContentSources', 'imageDigestSources'];
  return fields.flatMap((field) => entriesOf(object[field]).map((entry, index) => locate(field, entry, index)));
}

/** The entries without places, for merging. */
export function plainSources(sources: readonly LocatedSource[]): MirrorSource[] {
  return sources.map(({ source, mirrors }) => ({ source, mirrors }));
}

function entriesOf(list: unknown): unknown[] {
  return Array.isArray(list) ? list : [];
}

function locate(field: SourceField, entry: unknown, index: number): LocatedSource {
  const values = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
  const { source, mirrors, sourcePolicy } = values;
  return {
    field,
    path: [field, index],
    source: typeof source === 'string' ? source : '',
    mirrors: entriesOf(mirrors).filter((mirror) => typeof mirror === 'string'),
    ...(sourcePolicy === undefined ? {} : { sourcePolicy }),
  };
}
