import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import { policyOrigin, related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { type StrandedPulls, strandedPulls } from '../stranded-pulls.ts';

/** A source that tag rules block, while no mirror serves its digests. */
export const neverContactSourceStrandsDigests: LintRule = {
  code: 'never-contact-source-strands-digests',
  severity: 'warning',
  why: 'NeverContactSource blocks the source for every pull, but tag mirrors serve pulls by tag only: each pull by digest fails, which release payloads, operators and many charts use.',
  check: ({ mirrorGroups }) =>
    mirrorGroups.flatMap((group) => strandedPulls(group, 'digest').map((pulls) => stranded(pulls, group))),
};

function stranded({ source, never, wider }: StrandedPulls, { payload }: MirrorGroup): Diagnostic {
  const message = `pulls of "${source}" by digest fail: it must not be contacted and has mirrors for tags only`;
  const isPayload = payload.payloadRepository !== undefined && isNested(payload.payloadRepository, source);
  const concern = isPayload ? 'the release payload is among them; ' : '';
  const hint = `${concern}add an ImageDigestMirrorSet with source "${source}", or allow contacting the source`;
  const shadowed = wider?.rules.map(({ origin }) => related(`not used inside "${source}"`, origin));
  return diagnose('warning', 'never-contact-source-strands-digests', message, policyOrigin(never), {
    hint,
    ...(shadowed && { related: shadowed }),
  });
}
