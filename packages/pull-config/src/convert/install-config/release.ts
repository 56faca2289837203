import { type LocatedObject, objectName } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { formatReference, matchPrefix, parseNormalizedNamed } from '@pullpath/oci';
import type { MirrorSource } from './merge-mirror-sources.ts';

/** Repositories that a release needs: its own image, and the images that it points to by digest. */
const releaseRepositories = [
  'quay.io/openshift-release-dev/ocp-release',
  'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
];

export interface ReleaseChecks {
  readonly diagnostics: readonly Diagnostic[];
  readonly attempts: readonly string[];
}

/**
 * Whether the mirrors of install-config reach the release: every repository of it (that of `releaseImage`, else those of
 * the released product) must lie below a source. `attempts` are the places where `releaseImage` is looked for, the source
 * last. Nothing is reported when no mirror is declared at all.
 */
export function releaseChecks(
  config: LocatedObject,
  sources: readonly MirrorSource[],
  releaseImage: string | undefined,
): ReleaseChecks {
  if (sources.length === 0) return { diagnostics: [], attempts: [] };
  const image = releaseImage === undefined ? undefined : parseNormalizedNamed(releaseImage);
  if (image?.ok === false)
    return { diagnostics: [unreadable(config, releaseImage ?? '', image.message)], attempts: [] };
  const repositories = image === undefined ? releaseRepositories : [image.value.name];
  const uncovered = repositories.filter((repository) => longestSource(sources, repository) === undefined);
  const attempts = image === undefined ? [] : attemptsFor(formatReference(image.value), image.value.name, sources);
  return { diagnostics: uncovered.map((repository) => unmirrored(config, repository)), attempts };
}

function longestSource(sources: readonly MirrorSource[], repository: string): MirrorSource | undefined {
  let longest: MirrorSource | undefined;
  for (const entry of sources) {
    const matches = entry.mirrors.length > 0 && matchPrefix(repository, entry.source) >= 0;
    if (matches && entry.source.length > (longest?.source.length ?? -1)) longest = entry;
  }
  return longest;
}

// The bootstrap node has every mirror for digests only.
function attemptsFor(image: string, repository: string, sources: readonly MirrorSource[]): string[] {
  const found = longestSource(sources, repository);
  if (found === undefined || !image.includes('@')) return [image];
  return [...found.mirrors.map((mirror) => mirror + image.slice(found.source.length)), image];
}

function unmirrored(config: LocatedObject, repository: string): Diagnostic {
  return {
    code: 'install-config-release-unmirrored',
    severity: 'warning',
    message: `no mirror is declared for ${repository}`,
    at: config.source?.keySpan([config.object['imageDigestSources'] ? 'imageDigestSources' : 'imageContentSources']),
    object: objectName(config.object),
    hint: 'a cluster without the internet installs from mirrors of all release repositories',
  };
}

function unreadable(config: LocatedObject, image: string, why: string): Diagnostic {
  const message = `the release image ${JSON.stringify(image)} is no image reference: ${why}`;
  return { code: 'install-config-value', severity: 'error', message, object: objectName(config.object) };
}
