import { diagnose } from '../../diagnose.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { toleratedEntries } from '../tolerated-entries.ts';

/** An entry without mirrors, which the mirror kinds accept and nodes ignore. */
export const noMirrors: LintRule = {
  code: 'no-mirrors',
  severity: 'warning',
  why: 'An entry without mirrors is accepted and ignored: its images are pulled from the source.',
  check: (context) =>
    toleratedEntries(context)
      .filter(({ mirrors, policy }) => mirrors.length === 0 && policy !== 'NeverContactSource')
      .map(({ source, origin }) => {
        const message = `"${source}" has no mirrors, so the entry has no effect`;
        const hint = 'add at least one mirror, or remove the entry';
        return diagnose('warning', 'no-mirrors', message, below(origin, 'source'), { hint });
      }),
};
