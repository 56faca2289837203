import type { Diagnostic } from '@pullpath/diagnostics';
import { isDockerHub, isMirrorLocation } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { depthOf, splitLocation } from '../locations.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** A mirror that is a bare host for a source that is a repository: what remains is no image name (node-config 3.3 a). */
export const hostOnlyMirrorForRepository: LintRule = {
  code: 'host-only-mirror-for-repository',
  severity: 'warning',
  why: 'The source is replaced as a whole, so the repository itself becomes host:tag or host@digest, which is no image name; the pull then fails before any place is tried, the source included.',
  check: ({ mirrorEntries }) => mirrorEntries.flatMap(hostOnlyMirrors),
};

function hostOnlyMirrors({ source, mirrors, origin }: MirrorRule): Diagnostic[] {
  const { host, path } = splitLocation(source);
  // One component on Docker Hub is a namespace, never a repository.
  if (path === '' || (isDockerHub(host) && depthOf(path) === 1)) return [];
  const severity = depthOf(path) === 1 ? 'info' : 'warning';
  return mirrors.flatMap((mirror, index) => {
    if (mirror.includes('/') || isDockerHub(mirror) || !isMirrorLocation(mirror)) return [];
    const message = `pulls of the repository "${source}" itself fail: mirror "${mirror}" has no path that could stand in its place`;
    const hint = `write "${mirror}/${path}"; a bare host serves only repositories below the source`;
    const place = below(origin, 'mirrors', index);
    return [diagnose(severity, 'host-only-mirror-for-repository', message, place, { hint })];
  });
}
