import type { LocatedObject, Origin, Path } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../diagnose.ts';
import { validateImageTagMirrorSet } from '../hypershift/mirror-config/image-tag-mirror-set.ts';
import { type MirrorConfig, parseMirrorConfigMap } from '../hypershift/mirror-config/parse-config-map.ts';
import { isReleaseAtLeast, type ReleaseVersion } from '../hypershift/release-version.ts';
import type { MirrorRule } from '../model.ts';
import type { CollectOptions } from './collected.ts';
import { imageMirrorRules } from './image-mirrors.ts';
import { rulesAt } from './mirror-rules.ts';
import { configMapKind, findObject, textAt } from './objects.ts';

/** The rules that a HostedCluster gives all its NodePools; `digest` and `tag` each in order of precedence. */
export interface ClusterMirrors {
  readonly digest: readonly MirrorRule[];
  readonly tag: readonly MirrorRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** First release whose HostedCluster may carry tag rules, unless an administrator says otherwise. */
export const defaultTagMinimum = '4.21.0';
const digestMinimum = '4.13.0';
const tagField: Path = ['spec', 'imageTagMirrorSet'];

/**
 * Digest rules: `imageContentSources`, those of the OCM API, then the mirror ConfigMap. Tag rules: `imageTagMirrorSet`,
 * then the ConfigMap; releases before 4.21 get none. Before 4.13 digest rules are those of an ICSP, without policies.
 */
export function clusterMirrors(
  objects: readonly LocatedObject[],
  hostedCluster: LocatedObject,
  version: ReleaseVersion | undefined,
  options: CollectOptions,
): ClusterMirrors {
  const config = mirrorConfigOf(objects, hostedCluster);
  const mirrors = mirrorsOfCluster(
    { cluster: hostedCluster, config, ocm: imageMirrorRules(objects) },
    version,
    options,
  );
  return { ...mirrors, diagnostics: [...config.diagnostics, ...mirrors.diagnostics] };
}

/** Where the mirrors of a hosted cluster come from: a HostedCluster or HostedControlPlane, its ConfigMap, the OCM API. */
export interface MirrorSources {
  readonly cluster: LocatedObject;
  readonly config: Pick<MirrorConfig, 'idms' | 'itms'>;
  readonly ocm?: readonly MirrorRule[] | undefined;
}

/** The same of a mirror ConfigMap that has been read already; its own faults are not told again. */
export function mirrorsOfCluster(
  { cluster, config, ocm = [] }: MirrorSources,
  version: ReleaseVersion | undefined,
  options: CollectOptions = {},
): ClusterMirrors {
  const inlineFaults = validateImageTagMirrorSet(cluster);
  const digest = forRelease(
    [...rulesAt(cluster, ['spec', 'imageContentSources'], 'idms', ''), ...ofKind(ocm, 'idms'), ...(config.idms ?? [])],
    version,
  );
  const tagSources: TagSources = {
    inline: inlineFaults.length > 0 ? [] : rulesAt(cluster, tagField, 'itms'),
    config: [...ofKind(ocm, 'itms'), ...(config.itms ?? [])],
  };
  const tag = gateTags(tagSources, cluster, version, options.tagMirrorMinVersion ?? defaultTagMinimum);
  const diagnostics = [...inlineFaults, ...digest.diagnostics, ...tag.diagnostics];
  return { digest: digest.rules, tag: tag.rules, diagnostics };
}

interface Gated {
  readonly rules: readonly MirrorRule[];
  readonly diagnostics: readonly Diagnostic[];
}

function mirrorConfigOf(objects: readonly LocatedObject[], hostedCluster: LocatedObject): MirrorConfig {
  const path: Path = ['spec', 'imageMirrorConfigRef', 'name'];
  const name = textAt(hostedCluster, path);
  if (name === undefined) return { diagnostics: [] };
  const configMap = findObject(objects, configMapKind, name, hostedCluster.object.metadata.namespace);
  return parseMirrorConfigMap(configMap, { name, origin: { of: hostedCluster, path } });
}

function ofKind(rules: readonly MirrorRule[], kind: MirrorRule['kind']): readonly MirrorRule[] {
  return rules.filter((rule) => rule.kind === kind);
}

function forRelease(rules: readonly MirrorRule[], version: ReleaseVersion | undefined): Gated {
  if (!version || isReleaseAtLeast(version, digestMinimum)) return { rules, diagnostics: [] };
  const diagnostics = rules
    .filter(({ policy }) => policy === 'NeverContactSource')
    .map(({ source, origin }) => droppedPolicy(source, origin, version));
  return { rules: rules.map(({ policy: _policy, ...rule }) => ({ ...rule, kind: 'icsp' })), diagnostics };
}

function droppedPolicy(source: string, origin: Origin, version: ReleaseVersion): Diagnostic {
  const message = `release ${version.text} cannot forbid contacting "${source}", its nodes will fall back to it`;
  const hint = `mirrorSourcePolicy needs release ${digestMinimum}`;
  return diagnose('warning', 'mirror-policy-dropped', message, origin, { hint });
}

interface TagSources {
  readonly inline: readonly MirrorRule[];
  readonly config: readonly MirrorRule[];
}

/** The field is refused below the minimum, as admission does; rules of a ConfigMap wait for the upgrade. */
function gateTags(
  { inline, config }: TagSources,
  hostedCluster: LocatedObject,
  version: ReleaseVersion | undefined,
  minimum: string,
): Gated {
  const rules = [...inline, ...config];
  if (rules.length === 0 || (version && isReleaseAtLeast(version, minimum))) return { rules, diagnostics: [] };
  if (!version) return { rules, diagnostics: [unknownVersion(rules, minimum)] };
  const needed = `tag mirrors of a HostedCluster need release ${minimum}, this one runs ${version.text}`;
  const hint = 'a NodePool may carry them in its own configuration from release 4.13 on';
  const report = (severity: 'error' | 'warning', origin: Origin): Diagnostic =>
    diagnose(severity, 'release-unsupported', `${needed}; they are held back`, origin, { hint });
  const first = config[0];
  return {
    rules: [],
    diagnostics: [
      ...(inline.length > 0 ? [report('error', { of: hostedCluster, path: tagField })] : []),
      ...(first ? [report('warning', first.origin)] : []),
    ],
  };
}

function unknownVersion([rule]: readonly MirrorRule[], minimum: string): Diagnostic {
  const message = `the release of the HostedCluster is not known, its tag mirrors are shown as if it were ${minimum}`;
  const hint =
    'until it is known the cluster keeps its last good mirrors, condition ValidImageMirrorConfig Unknown/ReleaseVersionUnknown; ' +
    'name the release in spec.release.image or with --release-image';
  if (!rule) throw new Error('a version is only asked for when there are tag rules');
  return diagnose('warning', 'release-version-unknown', message, rule.origin, { hint });
}
