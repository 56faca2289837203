import { diagnose } from '../../diagnose.ts';
import { policyOrigin } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { toleratedEntries } from '../tolerated-entries.ts';

/** `NeverContactSource` on an entry without mirrors: it is dropped together with its policy (node-config 1.3, step A). */
export const neverWithoutMirrors: LintRule = {
  code: 'never-without-mirrors',
  severity: 'warning',
  why: 'An entry without mirrors is ignored together with its policy: the source that must never be contacted stays open.',
  check: (context) =>
    toleratedEntries(context)
      .filter(({ mirrors, policy }) => mirrors.length === 0 && policy === 'NeverContactSource')
      .map((rule) => {
        const message = `NeverContactSource has no effect on "${rule.source}", which has no mirrors: nodes still contact it`;
        const hint = 'add a mirror, or list the source in blockedRegistries of image.config.openshift.io';
        return diagnose('warning', 'never-without-mirrors', message, policyOrigin(rule), { hint });
      }),
};
