import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { policyOrigin, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { type StrandedPulls, strandedPulls } from '../stranded-pulls.ts';

/** A source that digest rules block, while no mirror serves its tags (containers/image issue 2497). */
export const neverContactSourceStrandsTags: LintRule = {
  code: 'never-contact-source-strands-tags',
  severity: 'warning',
  why: 'NeverContactSource blocks the source for every pull, but digest mirrors serve pulls by digest only: each pull by tag fails, and its error names the source alone.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap((group) => strandedPulls(group, 'tag').map(stranded)),
};

function stranded({ source, never, wider }: StrandedPulls): Diagnostic {
  const message = `pulls of "${source}" by tag fail: it must not be contacted and has mirrors for digests only`;
  const hint = `add an ImageTagMirrorSet with source "${source}", or allow contacting the source`;
  const shadowed = wider?.rules.map(({ origin }) => related(`not used inside "${source}"`, origin));
  return diagnose('warning', 'never-contact-source-strands-tags', message, policyOrigin(never), {
    hint,
    ...(shadowed && { related: shadowed }),
  });
}
