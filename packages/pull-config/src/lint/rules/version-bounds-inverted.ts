import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { compareVersions } from '../version.ts';
import { type VersionBounds, versionBoundsOf } from '../version-bounds.ts';

const code = 'version-bounds-inverted';

/** A `minVersion` above its `maxVersion`; oc-mirror does not compare them. */
export const versionBoundsInverted: LintRule = {
  code,
  severity: 'warning',
  why: 'Nothing compares the bounds: a range that is upside down selects nothing, and nothing is mirrored.',
  check: ({ objects }) => objects.flatMap(versionBoundsOf).flatMap(findInverted),
};

function findInverted({ name, min, max }: VersionBounds): Diagnostic[] {
  if (!min || !max || compareVersions(min.version, max.version) <= 0) return [];
  const message = `minVersion ${min.text} of ${name} is above its maxVersion ${max.text}, so no version is selected`;
  const more = { hint: 'swap the two', related: [related('maxVersion', max.origin)] };
  return [diagnose('warning', code, message, min.origin, more)];
}
