/** A source with its mirrors, as both lists of install-config have it. */
export interface MirrorSource {
  readonly source: string;
  readonly mirrors: readonly string[];
}

/**
 * The mirrors of the bootstrap node: one entry per source in the order in which sources are first seen, their mirrors
 * joined without repetition (openshift/installer `bootstrap.MergedMirrorSets`). The policies are lost there.
 */
export function mergeMirrorSources(sources: readonly MirrorSource[]): MirrorSource[] {
  const merged = new Map<string, Set<string>>();
  for (const { source, mirrors } of sources) {
    const known = merged.get(source) ?? new Set();
    for (const mirror of mirrors) known.add(mirror);
    merged.set(source, known);
  }
  return [...merged].map(([source, mirrors]) => ({ source, mirrors: [...mirrors] }));
}
