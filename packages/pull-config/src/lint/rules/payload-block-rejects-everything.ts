import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import type { MirrorGroup } from '../mirror-groups.ts';
import type { LintRule } from '../rule.ts';

/** `blockedRegistries` that holds the repository of the release image and nothing else (node-config 1.6, T1). */
export const payloadBlockRejectsEverything: LintRule = {
  code: 'payload-block-rejects-everything',
  severity: 'error',
  why: 'To keep the payload pullable its repository moves from the blocked to the allowed list. When nothing else is blocked, what remains is an allow list of one: policy.json rejects every other image.',
  check: ({ mirrorGroups }) => mirrorGroups.flatMap(rejectsEverything),
};

function rejectsEverything({ payload, rules: { registrySources } }: MirrorGroup): Diagnostic[] {
  const [blocked] = (registrySources.blocked ?? []).filter(({ scope }) => scope === payload.payloadRepository);
  const isAllowList = payload.allowed !== undefined && payload.policyBlocked === undefined;
  if (!blocked || !isAllowList || (registrySources.allowed ?? []).length > 0) return [];
  const message = `blocking only "${blocked.scope}", the repository of the release image, makes nodes reject every other image`;
  const hint =
    'policy.json then accepts that repository alone; set NeverContactSource on its digest mirrors instead of blocking it';
  return [diagnose('error', 'payload-block-rejects-everything', message, blocked.origin, { hint })];
}
