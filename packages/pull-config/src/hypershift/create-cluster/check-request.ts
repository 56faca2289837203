import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { readAuthFile } from '../../pull/credentials/auth-file.ts';
import { findCredentials } from '../../pull/credentials/find.ts';
import { groupBy } from '../../runtimes/group-by.ts';
import { canonicalQuantity } from '../canonical-quantity.ts';
import { isReleaseAtLeast, versionOfReleaseImage } from '../release-version.ts';
import type { ClusterFiles } from './cluster-files.ts';
import { goDuration } from './duration.ts';
import { type FlagValues, usageFault } from './flag-values.ts';
import { keyValues } from './key-values.ts';

/** The mirror rules of all flags. */
export interface RequestedMirrors {
  readonly contentSources: readonly MirrorRule[];
  readonly tagMirrors: readonly MirrorRule[];
  readonly config: { readonly rules: readonly MirrorRule[] };
}

/** Checks that concern several flags, or a value together with its file: formats, the release, credentials of mirrors. */
export function checkRequest(
  flags: FlagValues,
  files: ClusterFiles,
  { contentSources, tagMirrors, config }: RequestedMirrors,
): readonly Diagnostic[] {
  const tagsInConfig = config.rules.filter(({ kind }) => kind === 'itms');
  return [
    ...formatFaults(flags),
    ...releaseFaults(flags, tagMirrors, 'error'),
    ...releaseFaults(flags, tagsInConfig, 'warning'),
    ...credentialWarnings(files, [...contentSources, ...tagMirrors, ...config.rules]),
  ];
}

function formatFaults(flags: FlagValues): readonly Diagnostic[] {
  const name = flags.text('name');
  const durations = ['node-drain-timeout', 'node-volume-detach-timeout'].filter(
    (flag) => goDuration(flags.text(flag)) === undefined,
  );
  const pairs = ['annotations', 'labels', 'pods-labels', 'node-selector'];
  return [
    ...(name === '' || isDnsLabel(name)
      ? []
      : [usageFault(`--name: "${name}" is no DNS label of at most 63 characters`)]),
    ...(canonicalQuantity(flags.text('etcd-storage-size')) === undefined
      ? [usageFault(`--etcd-storage-size: "${flags.text('etcd-storage-size')}" is no quantity`)]
      : []),
    ...durations.map((flag) => usageFault(`--${flag}: "${flags.text(flag)}" is no duration such as 30m`)),
    ...pairs.flatMap((flag) => keyValues(flag, flags.list(flag)).diagnostics),
    ...['cluster-cidr', 'service-cidr', 'machine-cidr'].flatMap((flag) =>
      flags
        .list(flag)
        .filter((cidr) => !isCidr(cidr))
        .map((cidr) => usageFault(`--${flag}: "${cidr}" is no CIDR`)),
    ),
  ];
}

const minimum = '4.21.0';

/** An older release takes no tag rules: the field is refused, a ConfigMap with them waits for the upgrade. */
function releaseFaults(
  flags: FlagValues,
  [rule]: readonly MirrorRule[],
  severity: 'error' | 'warning',
): readonly Diagnostic[] {
  if (!rule) return [];
  const image = flags.text('release-image');
  const version = versionOfReleaseImage(image);
  if (version && isReleaseAtLeast(version, minimum)) return [];
  const needed = `tag mirrors need release ${minimum}`;
  if (!version) {
    const message = `${needed}, and the version of the release image is not known`;
    const hint = 'until it is known they are held back, condition ValidImageMirrorConfig Unknown/ReleaseVersionUnknown';
    return [diagnose('warning', 'release-version-unknown', message, rule.origin, { hint })];
  }
  return [diagnose(severity, 'release-unsupported', `${needed}, --release-image is ${version.text}`, rule.origin)];
}

/** Lookup as on a node: the most specific key that encloses the mirror counts, not only its host. */
function credentialWarnings(files: ClusterFiles, rules: readonly MirrorRule[]): readonly Diagnostic[] {
  const pullSecret = files.text('pull-secret');
  if (!pullSecret || rules.length === 0) return [];
  const authFile = readAuthFile(pullSecret);
  if (authFile.diagnostics.length > 0) return authFile.diagnostics.map((fault) => ({ ...fault, severity: 'warning' }));
  const places = rules.flatMap(({ mirrors, origin: { of, path } }) =>
    mirrors.map((mirror, index) => ({ mirror, origin: { of, path: [...path, 'mirrors', index] } })),
  );
  const firstPlaces = [...groupBy(places, ({ mirror }) => mirror).values()].flatMap(([first]) => first ?? []);
  return firstPlaces
    .filter(({ mirror }) => findCredentials([authFile], mirror).kind === 'none')
    .map(({ mirror, origin }) => {
      const message = `the pull secret has no credentials for the mirror "${mirror}"`;
      const hint = 'fine for a mirror that anyone may read';
      return diagnose('warning', 'mirror-credentials-missing', message, origin, { hint });
    });
}

function isDnsLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  const isPrefix = /^\d{1,3}$/.test(prefix) && more.length === 0;
  if (address.includes(':')) return isPrefix && Number(prefix) <= 128 && /^[0-9a-fA-F:.]{2,45}$/.test(address);
  const parts = address.split('.');
  return (
    isPrefix &&
    Number(prefix) <= 32 &&
    parts.length === 4 &&
    parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
  );
}
