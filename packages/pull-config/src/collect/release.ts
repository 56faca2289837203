import { type LocatedObject, type Origin, type Path, valueAt } from '@pullpath/api';
import { parseReleaseVersion, type ReleaseVersion, versionOfReleaseImage } from '../hypershift/release-version.ts';
import { textAt } from './objects.ts';

/** The release of a scope: its pull spec and where that stands, its version as far as it can be told. */
export interface Release {
  readonly image?: { readonly image: string; readonly origin?: Origin | undefined } | undefined;
  readonly version?: ReleaseVersion | undefined;
}

/** The release that the caller names; undefined when the objects decide. */
export function givenRelease(image: string | undefined): Release | undefined {
  return image === undefined ? undefined : { image: { image }, version: versionOfReleaseImage(image) };
}

/** The pull spec at the first of some paths that has one. */
export function imageAt(located: LocatedObject | undefined, paths: readonly Path[]): Release['image'] {
  if (!located) return undefined;
  return paths.flatMap((path) => {
    const image = textAt(located, path);
    return image === undefined ? [] : [{ image, origin: { of: located, path } }];
  })[0];
}

/**
 * The version that a status reports: the newest completed update of `history`, else the desired version, else the one in
 * the tag of the release image. `path` is that of `history` and `desired`.
 */
export function versionAt(
  located: LocatedObject | undefined,
  path: Path,
  image: Release['image'],
): ReleaseVersion | undefined {
  const status = located && valueAt(located.object, path);
  const history = valueAt(status, ['history']);
  const completed = Array.isArray(history)
    ? history.find((entry) => valueAt(entry, ['state']) === 'Completed')
    : undefined;
  const texts = [valueAt(completed, ['version']), valueAt(status, ['desired', 'version'])];
  const reported = texts.find((text) => typeof text === 'string' && text !== '');
  if (typeof reported === 'string') return parseReleaseVersion(reported);
  return image && versionOfReleaseImage(image.image);
}
