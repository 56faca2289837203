import { type LocatedObject, loadManifests } from '@pullpath/api';
import { type RuleSet, renderScope } from '@pullpath/pull-config';

/** One ImageDigestMirrorSet with `count` sources of one mirror each. `mirrorHost` tells two versions apart. */
export function mirrorSetText(count: number, mirrorHost = 'mirror.example.com:5000'): string {
  const entries = Array.from({ length: count }, (_, index) => {
    const name = repositoryOf(index);
    return `  - source: ${name}\n    mirrors:\n    - ${mirrorHost}/${name.slice(name.indexOf('/') + 1)}\n`;
  });
  return `apiVersion: config.openshift.io/v1\nkind: ImageDigestMirrorSet\nmetadata:\n  name: bench\nspec:\n  imageDigestMirrors:\n${entries.join('')}`;
}

/** The repository that is the source number `index`. */
export function repositoryOf(index: number): string {
  return `registry-${index % 97}.example.com/team-${index % 1009}/app-${index}`;
}

/** Digest pulls, one after another in the sources and every tenth outside of them. */
export function referencesInto(sources: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const name = index % 10 === 9 ? `quay.io/other/app-${index}` : repositoryOf((index * 7919) % sources);
    return `${name}@sha256:${(index % 0xffff).toString(16).padStart(64, '0')}`;
  });
}

/** The objects of a text that has no fault. */
export function objectsOf(text: string): readonly LocatedObject[] {
  const { objects, diagnostics } = loadManifests([{ file: 'bench.yaml', text }]);
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return objects;
}

/** The rules that workers get from the objects. */
export function rulesOf(objects: readonly LocatedObject[]): RuleSet {
  return renderScope(objects, { pool: 'worker' }).rules;
}
