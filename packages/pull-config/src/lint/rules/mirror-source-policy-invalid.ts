import { nearestName } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule, MirrorSourcePolicy } from '../../model.ts';
import { statedPolicy } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { writeInstead } from '../write-instead.ts';

/** A value of `mirrorSourcePolicy` that is none of the two; some documents name `AllowFallback`. */
export const mirrorSourcePolicyInvalid: LintRule = {
  code: 'mirror-source-policy-invalid',
  severity: 'error',
  why: 'The API refuses the object: mirrorSourcePolicy is AllowContactingSource or NeverContactSource, whatever documents say.',
  replaces: ['field-not-supported'],
  changesNodeFiles: true,
  check: ({ mirrorEntries }) => mirrorEntries.flatMap(invalidPolicy),
};

const policies: readonly MirrorSourcePolicy[] = ['AllowContactingSource', 'NeverContactSource'];

function invalidPolicy(rule: MirrorRule): Diagnostic[] {
  const stated = rule.kind === 'icsp' ? undefined : statedPolicy(rule);
  if (typeof stated?.value !== 'string' || policies.some((policy) => policy === stated.value)) return [];
  const { value, origin } = stated;
  const meant = meantPolicy(value);
  const message = `the mirrorSourcePolicy of "${rule.source}" must not be "${value}"`;
  const expected = policies.map((policy) => `"${policy}"`).join(' or ');
  const more = { expected, hint: hintFor(value, meant), ...(meant && writeInstead(origin, meant)) };
  return [diagnose('error', 'mirror-source-policy-invalid', message, origin, more)];
}

/** What a wrong value most likely means. An empty one is the default; there is no fallback that is not contacting the source. */
function meantPolicy(value: string): MirrorSourcePolicy | undefined {
  if (value === '' || value.toLowerCase().startsWith('allow')) return 'AllowContactingSource';
  if (value.toLowerCase().startsWith('never')) return 'NeverContactSource';
  return policies.find((policy) => policy === nearestName(value, policies));
}

function hintFor(value: string, meant: MirrorSourcePolicy | undefined): string {
  if (value === 'AllowFallback')
    return 'some documents name AllowFallback, which no API accepts; AllowContactingSource is what it means, and the default';
  if (meant) return `write ${meant}`;
  return 'AllowContactingSource, the default, tries the source once every mirror failed; NeverContactSource gives up';
}
