import type { Diagnostic, Severity } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { depthOf, splitLocation } from '../locations.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** A mirror on Docker Hub that leaves names of one part, which have to be written with `library/` (node-config 3.3 b). */
export const mirrorDockerIoNeedsLibrary: LintRule = {
  code: 'mirror-docker-io-needs-library',
  severity: 'error',
  why: 'A mirrored name must already be in full form. On Docker Hub that is docker.io/namespace/name: with another form the pull fails before any place is tried, the source included.',
  check: ({ mirrorEntries }) => mirrorEntries.flatMap(hubMirrors),
};

function hubMirrors({ source, mirrors, origin }: MirrorRule): Diagnostic[] {
  return mirrors.flatMap((mirror, index) => {
    const fault = faultOf(source, mirror);
    if (!fault) return [];
    const { severity, message, hint } = fault;
    return [diagnose(severity, 'mirror-docker-io-needs-library', message, below(origin, 'mirrors', index), { hint })];
  });
}

interface HubFault {
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
}

function faultOf(source: string, mirror: string): HubFault | undefined {
  const { host, path } = splitLocation(mirror);
  // What is replaced by itself stays the full name that it is.
  if (mirror === source) return undefined;
  if (host === 'index.docker.io') return oldName(source, mirror, path);
  if (host !== 'docker.io') return undefined;
  if (path === '') {
    const message = `pulls of "${source}" whose remaining name has one part fail: mirror "${mirror}" makes them docker.io/name`;
    return { severity: 'warning', message, hint: 'write "docker.io/library", or the namespace that holds the copies' };
  }
  // A namespace for a namespace is fine; a repository needs both parts.
  if (depthOf(path) > 1 || depthOf(splitLocation(source).path) < 2) return undefined;
  const message = `pulls of the repository "${source}" itself fail: mirror "${mirror}" is not in full form`;
  return {
    severity: 'warning',
    message,
    hint: `write "docker.io/library/${path}" or the namespace that holds the copy`,
  };
}

function oldName(source: string, mirror: string, path: string): HubFault {
  const message = `no pull of "${source}" can use mirror "${mirror}", all of them fail: nodes know Docker Hub as docker.io only`;
  return { severity: 'error', message, hint: `write "docker.io${path === '' ? '/library' : `/${path}`}"` };
}
