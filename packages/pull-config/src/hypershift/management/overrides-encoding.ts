import { compareBytes } from '../../formats/go-order.ts';
import type { RegistryOverrides } from './registry-overrides.ts';

/** Source prefix to its mirrors in order of preference: what the mirror objects of a management cluster say. */
export type ImageOverrides = ReadonlyMap<string, readonly string[]>;

/** `--registry-overrides` as text: `source=target` pairs in byte order, joined by commas; `=` for none. */
export function encodeRegistryOverrides(overrides: RegistryOverrides): string {
  return joined([...overrides].map(([source, target]) => `${source}=${target}`).sort(compareBytes));
}

/**
 * `OPENSHIFT_IMG_OVERRIDES` as text: sources in byte order and mirrors in byte order within a source, so that equal
 * content never restarts a control plane; `=` for none. The order of preference is lost (HyperShift `support/util`).
 */
export function encodeImageOverrides(overrides: ImageOverrides): string {
  const sources = [...overrides.keys()].sort(compareBytes);
  return joined(sources.flatMap((source) => sortedMirrors(overrides, source).map((mirror) => `${source}=${mirror}`)));
}

function sortedMirrors(overrides: ImageOverrides, source: string): readonly string[] {
  return (overrides.get(source) ?? []).toSorted(compareBytes);
}

function joined(pairs: readonly string[]): string {
  return pairs.length === 0 ? '=' : pairs.join(',');
}

/**
 * Reads `OPENSHIFT_IMG_OVERRIDES`: pairs of one source are collected in their order, pairs without `=` or with an empty
 * side are skipped. Undefined for the empty text and for `=`.
 */
export function decodeImageOverrides(text: string): ImageOverrides | undefined {
  if (text === '' || text === '=') return undefined;
  const overrides = new Map<string, string[]>();
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const [source, mirror] = [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)];
    if (source !== '' && mirror !== '') overrides.set(source, [...(overrides.get(source) ?? []), mirror]);
  }
  return overrides;
}
