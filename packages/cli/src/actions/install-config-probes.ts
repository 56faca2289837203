import { type LocatedObject, type Path, placeOf } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import type { Probe } from '@pullpath/registry-client';

/** What registries answered for an install-config. */
export interface InstallConfigProbes {
  /** One per registry that serves mirrors, with the mirror that names it. */
  readonly hosts: readonly { readonly host: string; readonly path: Path; readonly probe: Probe }[];
  /** One per place of the release image, its source last. */
  readonly release: readonly { readonly reference: string; readonly probe: Probe }[];
}

export const nothingProbed: InstallConfigProbes = { hosts: [], release: [] };

/** A warning for every registry that does not answer, and for every mirror that has not got the release image. */
export function probeProblems(config: LocatedObject, { hosts, release }: InstallConfigProbes): Diagnostic[] {
  const silent = hosts.filter(({ probe }) => probe.error !== undefined);
  // What is wrong with a registry as a whole is said once.
  const isSilent = (reference: string): boolean => silent.some(({ host }) => reference.startsWith(`${host}/`));
  return [
    ...silent.map((place) => hostProblem(config, place)),
    ...ofMirrors(release)
      .filter(({ reference, probe }) => probe.error !== undefined && !isSilent(reference))
      .map((answer) => releaseProblem(config, answer)),
  ];
}

function hostProblem(config: LocatedObject, { path, probe }: InstallConfigProbes['hosts'][number]): Diagnostic {
  return {
    code: 'install-config-mirror-unreachable',
    severity: 'warning',
    message: probe.error?.message ?? '',
    ...placeOf({ of: config, path }),
    hint: probe.error?.hint,
  };
}

// The source of the release image comes last, and a disconnected installer never reaches it.
function ofMirrors(release: InstallConfigProbes['release']): InstallConfigProbes['release'] {
  return release.length > 1 ? release.slice(0, -1) : release;
}

function releaseProblem(
  config: LocatedObject,
  { reference, probe }: InstallConfigProbes['release'][number],
): Diagnostic {
  const field = config.object['imageDigestSources'] === undefined ? 'imageContentSources' : 'imageDigestSources';
  return {
    code: 'install-config-release-unreachable',
    severity: 'warning',
    message: `${reference} does not answer with the release image: ${probe.error?.message ?? ''}`,
    ...placeOf({ of: config, path: [field] }),
    hint: probe.error?.hint,
  };
}
