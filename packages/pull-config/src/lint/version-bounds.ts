import { type LocatedObject, type Origin, type Path, valueAt } from '@pullpath/api';
import { textAt } from '../collect/objects.ts';
import { parseVersion, type Version } from './version.ts';

/** `minVersion` and `maxVersion` of one operator package, one of its channels, or a release channel. */
export interface VersionBounds {
  /** How messages name it, e.g. `package serverless-operator`. */
  readonly name: string;
  /** Releases are compared as plain numbers, operators by constraints. */
  readonly of: 'operator' | 'release';
  readonly min?: VersionBound | undefined;
  readonly max?: VersionBound | undefined;
}

export interface VersionBound {
  readonly text: string;
  readonly version: Version;
  readonly origin: Origin;
}

/** The bounds in an ImageSetConfiguration or DeleteImageSetConfiguration, of any version of the format. */
export function versionBoundsOf(located: LocatedObject): readonly VersionBounds[] {
  if (!located.object.apiVersion.startsWith('mirror.openshift.io/')) return [];
  return ['mirror', 'delete'].flatMap((stanza) => {
    const root = childAt(located, [], stanza);
    if (root === undefined) return [];
    const platform = childAt(located, root, 'platform');
    const channels = platform ? itemsAt(located, platform, 'channels') : [];
    return [
      ...channels.flatMap((path) => boundsAt(located, path, 'release', 'release channel')),
      ...itemsAt(located, root, 'operators').flatMap((path) => packageBounds(located, path)),
    ];
  });
}

function packageBounds(located: LocatedObject, catalog: Path): VersionBounds[] {
  return itemsAt(located, catalog, 'packages').flatMap((path) => [
    ...boundsAt(located, path, 'operator', 'package'),
    ...itemsAt(located, path, 'channels').flatMap((channel) => boundsAt(located, channel, 'operator', 'channel')),
  ]);
}

function boundsAt(located: LocatedObject, path: Path, of: VersionBounds['of'], kind: string): VersionBounds[] {
  const [min, max] = [boundAt(located, path, 'minVersion'), boundAt(located, path, 'maxVersion')];
  if (!min && !max) return [];
  const name = textAt(located, childAt(located, path, 'name') ?? []) ?? '';
  return [{ name: `${kind} ${name}`.trimEnd(), of, min, max }];
}

function boundAt(of: LocatedObject, parent: Path, field: string): VersionBound | undefined {
  const path = childAt(of, parent, field);
  const text = path && valueAt(of.object, path);
  const version = typeof text === 'string' ? parseVersion(text) : undefined;
  return path && version && { text: String(text), version, origin: { of, path } };
}

function itemsAt(located: LocatedObject, parent: Path, field: string): Path[] {
  const path = childAt(located, parent, field);
  const list = path && valueAt(located.object, path);
  return path && Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
}

/** The member of a mapping by its name in any case, as Go's `encoding/json` reads this format. */
function childAt({ object }: LocatedObject, parent: Path, name: string): Path | undefined {
  const map = valueAt(object, parent);
  if (typeof map !== 'object' || map === null) return undefined;
  if (Object.hasOwn(map, name)) return [...parent, name];
  const key = Object.keys(map).find((other) => other.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : [...parent, key];
}
