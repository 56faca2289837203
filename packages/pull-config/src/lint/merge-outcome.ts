import { topoSort } from '../compile/merge-order.ts';
import { edgesOf, type MirrorSet } from '../compile/mirror-sets.ts';

/**
 * What merging did to the order in which mirrors are written: `contradicted` where no order satisfies all rules,
 * `by-bytes` where the byte order of the mirrors decided against the order of the rules, `kept` otherwise.
 */
export type MergeOutcome = 'contradicted' | 'by-bytes' | 'kept';

/** What merging the rules of a source did to the order of its mirrors. */
export function mergeOutcome(set: MirrorSet): MergeOutcome {
  if (set.contradicted.length > 0) return 'contradicted';
  if (set.rules.length === 1) return 'kept';
  const wanted = orderAsWritten(set);
  return set.mirrors.every(({ location }, index) => location === wanted[index]) ? 'kept' : 'by-bytes';
}

/** The merged order if mirrors that no rule orders stood as they were first written, the source last. */
function orderAsWritten({ source, rules }: MirrorSet): readonly string[] {
  const names = [...new Set([...rules.flatMap(({ mirrors }) => mirrors.filter((name) => name !== source)), source])];
  const ranks = new Map(names.map((name, index) => [name, rankText(index)]));
  const edges = rules.flatMap(({ mirrors }) => edgesOf(source, mirrors));
  const { order } = topoSort(edges.map(([from, to]) => [ranks.get(from) ?? '', ranks.get(to) ?? '']));
  return order.map((rank) => names[Number(rank)] ?? '');
}

/** A number whose texts are in byte order when the numbers are in order. */
function rankText(rank: number): string {
  return String(rank).padStart(10, '0');
}

/** The mirrors of a source in the order in which nodes try them, as text. */
export function triedOrder({ mirrors }: MirrorSet): string {
  const shown = mirrors.slice(0, mostShown).map(({ location }) => location);
  return [...shown, ...(mirrors.length > mostShown ? [`${mirrors.length - mostShown} more`] : [])].join(', ');
}

const mostShown = 5;
