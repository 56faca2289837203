import type { Region, Want } from './host-plan.ts';
import type { Placement } from './routes.ts';

/**
 * Places a mirror where the repository keeps its path: `mirror/prefix/ns/app` for `ns/app`. The prefix of the mirror may be
 * anything, what follows it must be the path of the source.
 */
export function placeSamePath(region: Region, want: Want): Placement {
  const prefix = pathBefore(want.path, region.path);
  return prefix === undefined ? { dropped: renamed(region, want) } : { prefix };
}

/** What stands before `suffix` in `path`, by whole components; undefined when `path` does not end with it. */
export function pathBefore(path: string, suffix: string): string | undefined {
  if (suffix === '') return path;
  if (path === suffix) return '';
  return path.endsWith(`/${suffix}`) ? path.slice(0, -suffix.length - 1) : undefined;
}

function renamed(region: Region, want: Want): string {
  return `the path would have to change from ${region.path} to ${want.path || 'nothing'}, and this runtime keeps paths`;
}
