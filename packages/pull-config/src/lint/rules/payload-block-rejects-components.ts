import type { Diagnostic } from '@pullpath/diagnostics';
import { isNested } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { ScopeRule } from '../../model.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import type { LintRule } from '../rule.ts';

/** A blocked scope around the repository of the release image: only that one repository is accepted again (node-config 1.6, T2). */
export const payloadBlockRejectsComponents: LintRule = {
  code: 'payload-block-rejects-components',
  severity: 'warning',
  why: 'Only the repository of the release image is protected. The images that it is made of lie in a repository beside it, and policy.json goes by the name that is asked for, so they are rejected although mirrors exist.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(rejectedComponents),
};

function rejectedComponents({ payload: { payloadRepository, policyBlocked = [] } }: MirrorGroup): Diagnostic[] {
  if (payloadRepository === undefined) return [];
  return policyBlocked
    .filter(({ scope }) => isNested(payloadRepository, scope))
    .map((rule) => rejects(rule, payloadRepository));
}

function rejects({ scope, origin }: ScopeRule, payloadRepository: string): Diagnostic {
  const message = `blocking "${scope}" rejects the images of the release beside "${payloadRepository}", whatever mirrors they have`;
  const parent = payloadRepository.slice(0, payloadRepository.lastIndexOf('/'));
  const hint = `components such as ${parent}/ocp-v4.0-art-dev are judged by that name; use NeverContactSource on their digest mirrors instead of blocking`;
  return diagnose('warning', 'payload-block-rejects-components', message, origin, { hint });
}
