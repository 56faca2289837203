import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorLocation, isRegistry } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { splitLocation } from '../locations.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** A mirror whose host has neither a dot nor a port: nodes read it as a path on Docker Hub (node-config 3.3 c). */
export const mirrorHostLooksLikePath: LintRule = {
  code: 'mirror-host-looks-like-path',
  severity: 'error',
  why: 'A first part without dot, port and other than localhost is no registry in an image name. The mirrored name is refused, and with it every pull of the source, before any place is tried.',
  check: ({ mirrorEntries }) => mirrorEntries.flatMap(unqualifiedMirrors),
};

function unqualifiedMirrors({ source, mirrors, origin }: MirrorRule): Diagnostic[] {
  return mirrors.flatMap((mirror, index) => {
    const { host, path } = splitLocation(mirror);
    if (isRegistry(host) || !isMirrorLocation(mirror)) return [];
    const message = `pulls of "${source}" fail: "${host}" of mirror "${mirror}" is read as a path on Docker Hub, not as a host`;
    const hint = `write the full host name, or its port: "${host}:443${path === '' ? '' : `/${path}`}"`;
    return [diagnose('error', 'mirror-host-looks-like-path', message, below(origin, 'mirrors', index), { hint })];
  });
}
