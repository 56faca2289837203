import type { Path } from '@pullpath/api';
import { repositoryFault } from './repository.ts';
import type { LocatedSource } from './sources.ts';

/** A registry that serves mirrors, `host[:port]`, and the first mirror that names it. */
export interface MirrorHost {
  readonly host: string;
  readonly path: Path;
}

/** The registries of all mirrors that the installer accepts, each once, in the order of the file. */
export function mirrorHosts(sources: readonly LocatedSource[]): readonly MirrorHost[] {
  const hosts = new Map<string, MirrorHost>();
  for (const { path, mirrors } of sources) {
    for (const [index, mirror] of mirrors.entries()) {
      const host = mirror.split('/', 1)[0] ?? '';
      if (repositoryFault(mirror) !== undefined || hosts.has(host)) continue;
      hosts.set(host, { host, path: [...path, 'mirrors', index] });
    }
  }
  return [...hosts.values()];
}
