import { chooseCatalogImages, parseReleaseVersion } from '@pullpath/pull-config';
import { mapOf } from './overrides-encoding.ts';
import type { Area } from './run-vectors.ts';

interface Input {
  readonly releaseVersion: string;
  readonly existing: readonly string[];
  readonly overrides: Readonly<Record<string, readonly string[]>> | null;
}

export const catalogImages: Area = {
  '': ({ releaseVersion, existing, overrides }: Input) => {
    const version = parseReleaseVersion(releaseVersion);
    if (!version) throw new Error(`"${releaseVersion}" is no version`);
    const chosen = chooseCatalogImages(version, mapOf(overrides), (image) => existing.includes(image));
    return chosen.ok ? chosen.images : { error: true };
  },
};
