import type { ReleaseVersion } from '../release-version.ts';
import type { ImageOverrides } from './overrides-encoding.ts';

/** Catalog name to index image, or the catalog that has no image in any of the releases looked at. */
export type CatalogImages =
  | { readonly ok: true; readonly images: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly catalog: string };

const catalogs = {
  'certified-operators': 'certified-operator-index',
  'community-operators': 'community-operator-index',
  'redhat-operators': 'redhat-operator-index',
} as const;

const defaultRegistry = 'registry.redhat.io';
const defaultNamespace = 'redhat';
const newestCatalog = { major: 4, minor: 22 } as const;
const releasesTried = 4;

/**
 * The OLM catalog images of a release: for each catalog the newest of the last four minor releases that `exists` at any
 * of the registries, registries in their order. Releases past 4.22 use its catalogs (HyperShift `support/catalogs`).
 */
export function chooseCatalogImages(
  version: ReleaseVersion,
  overrides: ImageOverrides,
  exists: (image: string) => boolean,
): CatalogImages {
  const registries = catalogRegistries(overrides);
  const images: Record<string, string> = {};
  for (const [catalog, index] of Object.entries(catalogs)) {
    const image = candidates(version, registries, index).find(exists);
    if (image === undefined) return { ok: false, catalog };
    images[catalog] = image;
  }
  return { ok: true, images };
}

/** An override of registry and namespace wins over one of the registry alone, to which the namespace is added. */
function catalogRegistries(overrides: ImageOverrides): readonly string[] {
  const exact = overrides.get(`${defaultRegistry}/${defaultNamespace}`) ?? [];
  if (exact.length > 0) return exact;
  const root = overrides.get(defaultRegistry) ?? [];
  if (root.length === 0) return [`${defaultRegistry}/${defaultNamespace}`];
  return root.map((registry) => (registry.includes('/') ? registry : `${registry}/${defaultNamespace}`));
}

function candidates(version: ReleaseVersion, registries: readonly string[], index: string): readonly string[] {
  const { major, minor } = capped(version);
  const minors = Array.from({ length: releasesTried }, (_, back) => minor - back).filter((value) => value >= 0);
  return minors.flatMap((value) => registries.map((registry) => `${registry}/${index}:v${major}.${value}`));
}

function capped({ major, minor }: ReleaseVersion): { major: number; minor: number } {
  const isNewer = major > newestCatalog.major || (major === newestCatalog.major && minor > newestCatalog.minor);
  return isNewer ? newestCatalog : { major, minor };
}
