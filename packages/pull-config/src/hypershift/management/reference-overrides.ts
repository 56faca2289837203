import { parseReference } from '@pullpath/oci';
import { compareBytes } from '../../formats/go-order.ts';
import type { ImageOverrides } from './overrides-encoding.ts';
import { identifierOf, type ReferenceParts, referenceParts, repositoryOf } from './reference-parts.ts';

/** Outcome of one source against one image. `image` is the mirror's reference, or the image itself when nothing matches. */
export type OverrideMatch =
  | { readonly found: boolean; readonly image: string }
  | { readonly found: false; readonly error: string };

/**
 * The reference of `image` at `mirror` if `source` names its registry, its namespace or its repository. The registry must
 * be the same in all three. A source, mirror or result that is no reference is an error, a wildcard source among them.
 */
export function matchOverride(image: string, source: string, mirror: string): OverrideMatch {
  const [ref, from, to] = [referenceParts(image), referenceParts(source), referenceParts(mirror)];
  if (!ref) return { found: false, error: `"${image}" is no image reference` };
  if (!from) return { found: false, error: `source "${source}" is no image reference` };
  if (!to) return { found: false, error: `mirror "${mirror}" is no image reference` };
  const composed = overrideRoot(ref, from, to) ?? overrideNamespace(ref, from, to) ?? overrideExact(ref, from, to);
  if (composed === undefined) return { found: false, image };
  if (!parseReference(composed).ok) return { found: false, error: `"${composed}" is no image reference` };
  return { found: true, image: composed };
}

/** The image at `mirror` when the source is nothing but its registry. */
export function overrideRoot(ref: ReferenceParts, source: ReferenceParts, mirror: ReferenceParts): string | undefined {
  if (source.registry !== '' || source.namespace !== '' || source.name === '') return undefined;
  if (source.name !== ref.registry) return undefined;
  return below(mirror, repositoryOf({ ...ref, registry: '' }), ref);
}

/** The image at `mirror` when the source is its registry and namespace. */
export function overrideNamespace(
  ref: ReferenceParts,
  source: ReferenceParts,
  mirror: ReferenceParts,
): string | undefined {
  if (source.namespace !== '' || source.name !== ref.namespace || source.registry !== ref.registry) return undefined;
  return below(mirror, ref.name, ref);
}

/** The image at `mirror` when the source is its repository, which the mirror may rename; a tag of the source is ignored. */
export function overrideExact(ref: ReferenceParts, source: ReferenceParts, mirror: ReferenceParts): string | undefined {
  if (repositoryOf(ref) !== repositoryOf(source)) return undefined;
  return `${repositoryOf(mirror)}${identifierOf(ref)}`;
}

function below(mirror: ReferenceParts, path: string, ref: ReferenceParts): string {
  return `${repositoryOf(mirror)}/${path}${identifierOf(ref)}`;
}

/**
 * Where an image may be found instead, best first: longer sources before shorter ones, mirrors in their order. Sources
 * and mirrors that are empty or no reference are left out.
 */
export function overrideCandidates(image: string, overrides: ImageOverrides): readonly string[] {
  return [...overrides.keys()].sort(longestFirst).flatMap((source) =>
    (overrides.get(source) ?? []).flatMap((mirror) => {
      const match = matchOverride(image, source, mirror);
      return match.found ? [match.image] : [];
    }),
  );
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length || compareBytes(a, b);
}

/** The first candidate that answers, else the image itself. `isReachable` is asked in order, and no further than needed. */
export function seekOverride(
  image: string,
  overrides: ImageOverrides,
  isReachable: (candidate: string) => boolean,
): string {
  return overrideCandidates(image, overrides).find(isReachable) ?? image;
}
