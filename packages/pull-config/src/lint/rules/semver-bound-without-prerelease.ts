import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { LintRule } from '../rule.ts';
import { compareVersions } from '../version.ts';
import { type VersionBound, type VersionBounds, versionBoundsOf } from '../version-bounds.ts';

const code = 'semver-bound-without-prerelease';

/** Plain bounds of operators in oc-mirror v2: they match no version with a hyphen. */
export const semverBoundWithoutPrerelease: LintRule = {
  code,
  severity: 'info',
  why: 'To a bound without a hyphen a version with one, such as the rebuild 1.47.1-5, is a prerelease and never matches: the range selects nothing of such an operator, and oc-mirror stops with an empty channel.',
  check: ({ objects }) =>
    objects
      .filter(({ object }) => object.apiVersion === 'mirror.openshift.io/v2alpha1')
      .flatMap(versionBoundsOf)
      .flatMap(findPlain),
};

function findPlain({ name, of, min, max }: VersionBounds): Diagnostic[] {
  // Equal bounds name one bundle and are no range.
  if (of === 'release' || (min && max && compareVersions(min.version, max.version) === 0)) return [];
  return [
    ...(min && isPlain(min) ? [report(min, `minVersion of ${name}`, lowerBound(min))] : []),
    ...(max && isPlain(max) ? [report(max, `maxVersion of ${name}`, upperBound(max))] : []),
  ];
}

function isPlain({ version }: VersionBound): boolean {
  return version.prerelease.length === 0;
}

function lowerBound({ version }: VersionBound): string {
  return `${version.numbers.join('.')}-0`;
}

/** Below the next patch, so that the version itself and all its rebuilds are in. */
function upperBound({ version: { numbers } }: VersionBound): string {
  const [major = 0n, minor = 0n, patch = 0n] = numbers;
  return `${major}.${minor}.${patch + 1n}-0`;
}

function report({ text, origin }: VersionBound, what: string, wider: string): Diagnostic {
  const message = `${what} is ${text}, which selects no version with a hyphen, such as a rebuild ${text}-5`;
  const hint = `for an operator with such versions write "${wider}", in both bounds`;
  return diagnose('info', code, message, origin, { hint });
}
