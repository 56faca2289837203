import { formatPath, type LocatedObject, objectName, type Path } from '@pullpath/api';
import type { Diagnostic, DiagnosticCode, Severity } from '@pullpath/diagnostics';
import type { AuthFile } from '../../pull/credentials/auth-file.ts';
import { mergeMirrorSources } from './merge-mirror-sources.ts';
import { type MirrorHost, mirrorHosts } from './mirror-hosts.ts';
import { checkPullSecret } from './pull-secret.ts';
import { releaseChecks } from './release.ts';
import { repositoryFault } from './repository.ts';
import { type LocatedSource, mirrorSources, plainSources } from './sources.ts';
import { trustBundleBlocks } from './trust-bundle.ts';

/** What `install-config check` found, and what a probe needs to go on. */
export interface InstallConfigCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** Mirror locations in the order of the file, each once. */
  readonly mirrors: readonly string[];
  /** The registries of the mirrors, each once. */
  readonly hosts: readonly MirrorHost[];
  /** Where the release image is looked for, in order; empty without a release image. */
  readonly releaseAttempts: readonly string[];
  /** Credentials for the probe; absent when there is no usable pull secret. Secret. */
  readonly authFile?: AuthFile;
  /** `additionalTrustBundle`, when every block of it is a certificate. */
  readonly trustBundle?: string;
}

export interface InstallConfigCheckOptions {
  /** The release image of the installer, e.g. `quay.io/openshift-release-dev/ocp-release@sha256:...`. */
  readonly releaseImage?: string | undefined;
}

/**
 * The checks of the installer on mirrors (openshift/installer `pkg/types/validation`), and those that it leaves out: the
 * pull secret has credentials for every mirror, and the release images are mirrored. Asks no network.
 */
export function checkInstallConfig(config: LocatedObject, options: InstallConfigCheckOptions = {}): InstallConfigCheck {
  const sources = mirrorSources(config);
  const mirrors = [...new Set(sources.flatMap((entry) => entry.mirrors))];
  const secret = checkPullSecret(config, sources);
  const bundle = bundleFaults(config);
  const merged = mergeMirrorSources(plainSources(sources));
  const release = releaseChecks(config, merged, options.releaseImage);
  const trustBundle = config.object['additionalTrustBundle'];
  return {
    diagnostics: [
      ...mirrorFaults(config),
      ...secret.diagnostics,
      ...bundle,
      ...policyFaults(config),
      ...release.diagnostics,
    ],
    mirrors,
    hosts: mirrorHosts(sources),
    releaseAttempts: release.attempts,
    ...(secret.authFile === undefined ? {} : { authFile: secret.authFile }),
    ...(typeof trustBundle === 'string' && bundle.length === 0 ? { trustBundle } : {}),
  };
}

/** Faults of imageContentSources and imageDigestSources alone; `path` of each names the field as the installer does. */
export function mirrorFaults(config: LocatedObject): Diagnostic[] {
  return [
    ...bothSet(config),
    ...mirrorSources(config).flatMap((entry) => entryFaults(config, entry)),
    ...deprecated(config),
  ];
}

function bothSet(config: LocatedObject): Diagnostic[] {
  if (!isSet(config, 'imageContentSources') || !isSet(config, 'imageDigestSources')) return [];
  const message = 'cannot set imageContentSources and imageDigestSources at the same time';
  return [problem(config, ['imageContentSources'], 'install-config-both-sources', 'error', message)];
}

function deprecated(config: LocatedObject): Diagnostic[] {
  if (!isSet(config, 'imageContentSources') || isSet(config, 'imageDigestSources')) return [];
  const fault = problem(
    config,
    ['imageContentSources'],
    'install-config-deprecated',
    'warning',
    'imageContentSources is deprecated since 4.13',
  );
  return [{ ...fault, hint: 'rename it to imageDigestSources: pullpath migrate content-sources' }];
}

function isSet({ object }: LocatedObject, field: string): boolean {
  const list = object[field];
  return Array.isArray(list) && list.length > 0;
}

function entryFaults(config: LocatedObject, entry: LocatedSource): Diagnostic[] {
  const { path, source, mirrors, sourcePolicy } = entry;
  const policies = ['NeverContactSource', 'AllowContactingSource'];
  const policyWrong = sourcePolicy !== undefined && sourcePolicy !== '' && !policies.includes(sourcePolicy as string);
  return [
    ...repositoryFaults(config, [...path, 'source'], source),
    ...mirrors.flatMap((mirror, index) => repositoryFaults(config, [...path, 'mirrors', index], mirror)),
    ...(policyWrong ? [wrongPolicy(config, [...path, 'sourcePolicy'], sourcePolicy)] : []),
    ...(mirrors.length === 0 ? [noMirrors(config, path, source)] : []),
  ];
}

function repositoryFaults(config: LocatedObject, path: Path, text: string): Diagnostic[] {
  const fault = repositoryFault(text);
  if (fault === undefined) return [];
  const message = `Invalid value: ${JSON.stringify(text)}: ${fault}`;
  return [problem(config, path, 'install-config-repository', 'error', message)];
}

function wrongPolicy(config: LocatedObject, path: Path, value: unknown): Diagnostic {
  const message = `Unsupported value: ${JSON.stringify(value)}`;
  const fault = problem(config, path, 'install-config-value', 'error', message);
  return { ...fault, expected: 'NeverContactSource or AllowContactingSource' };
}

function noMirrors(config: LocatedObject, path: Path, source: string): Diagnostic {
  const message = `${source} has no mirrors, the bootstrap node skips it`;
  return problem(config, path, 'install-config-no-mirrors', 'warning', message);
}

function bundleFaults(config: LocatedObject): Diagnostic[] {
  const bundle = config.object['additionalTrustBundle'];
  const path = ['additionalTrustBundle'];
  if (bundle === undefined || bundle === null || bundle === '') return [];
  const fault = (message: string): Diagnostic =>
    problem(config, path, 'install-config-trust-bundle', 'error', `invalid block: ${message}`);
  if (typeof bundle !== 'string') return [fault('the bundle is not a text')];
  const blocks = trustBundleBlocks(bundle);
  if (blocks.length === 0) return [fault('there is no PEM block in it')];
  return blocks.flatMap((block) => (block.fault === undefined ? [] : [fault(`${block.fault} (line ${block.line})`)]));
}

function policyFaults(config: LocatedObject): Diagnostic[] {
  const policy = config.object['additionalTrustBundlePolicy'];
  if (policy === undefined || policy === '' || policy === 'Proxyonly' || policy === 'Always') return [];
  const message = `Unsupported value: ${JSON.stringify(policy)}`;
  const fault = problem(config, ['additionalTrustBundlePolicy'], 'install-config-value', 'error', message);
  return [{ ...fault, expected: 'Proxyonly or Always' }];
}

function problem(
  config: LocatedObject,
  path: Path,
  code: DiagnosticCode,
  severity: Severity,
  message: string,
): Diagnostic {
  const at = config.source?.span(path);
  return { code, severity, message, at, object: objectName(config.object), path: formatPath(path) };
}
