import { LineCounter, parseDocument } from 'yaml';
import { RosaFailure } from './failure.ts';

/** What a file says that the mirrors of a cluster shall be. */
export interface WantedMirror {
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly type: string;
}

/**
 * Reads a list of `{source, mirrors, type?}`, the same below `mirrors:`, or an ImageDigestMirrorSet. Throws with every
 * fault, each with its line.
 */
export function readMirrorsFile(text: string, name: string): readonly WantedMirror[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const faults = document.errors.map(({ message }) => `${name}: ${message.split('\n', 1)[0]}`);
  if (faults.length > 0) throw new RosaFailure(faults.join('\n'));
  const placeOf = (path: readonly (string | number)[]): string => {
    const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return `${name}:${line}:${col}`;
  };
  return checkedEntries(document.toJS() as unknown, placeOf);
}

type PlaceOf = (path: readonly (string | number)[]) => string;

function checkedEntries(value: unknown, placeOf: PlaceOf): readonly WantedMirror[] {
  const [path, list] = listIn(value);
  if (!Array.isArray(list))
    throw new RosaFailure(
      `${placeOf([])}: expected a list of source and mirrors, the same below mirrors:, or an ImageDigestMirrorSet`,
    );
  const judged = list.map((entry, at) => judge(entry, [...path, at], placeOf));
  const sources = list.map((entry) => memberOf(entry, 'source'));
  const repeated = sources.flatMap((source, at) =>
    typeof source === 'string' && sources.indexOf(source) < at
      ? [`${placeOf([...path, at])}: source '${source}' is there twice`]
      : [],
  );
  const faults = [...judged.flatMap((it) => (typeof it === 'string' ? [it] : [])), ...repeated];
  if (faults.length > 0) throw new RosaFailure(faults.join('\n'));
  return judged.filter((it) => typeof it !== 'string');
}

function listIn(value: unknown): readonly [path: readonly string[], list: unknown] {
  if (Array.isArray(value)) return [[], value];
  const inSet = memberOf(memberOf(value, 'spec'), 'imageDigestMirrors');
  return inSet === undefined ? [['mirrors'], memberOf(value, 'mirrors')] : [['spec', 'imageDigestMirrors'], inSet];
}

function judge(entry: unknown, path: readonly (string | number)[], placeOf: PlaceOf): WantedMirror | string {
  const [source, mirrors, type = 'digest'] = ['source', 'mirrors', 'type'].map((name) => memberOf(entry, name));
  if (typeof source !== 'string' || source === '') return `${placeOf(path)}: source must be a text`;
  if (
    !Array.isArray(mirrors) ||
    mirrors.length === 0 ||
    !mirrors.every((mirror) => typeof mirror === 'string' && mirror !== '')
  )
    return `${placeOf(path)}: mirrors of '${source}' must be a list of at least one text`;
  if (typeof type !== 'string') return `${placeOf(path)}: type of '${source}' must be a text`;
  return { source, mirrors, type };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
