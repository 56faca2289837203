import { hasRealMirror } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { toleratedEntries } from '../tolerated-entries.ts';

/** An entry whose mirrors only repeat its source: it is dropped as a whole (node-config 1.3, step A). */
export const setWithoutRealMirror: LintRule = {
  code: 'set-without-real-mirror',
  severity: 'warning',
  why: 'An entry that names no mirror besides its source is ignored, so nothing is mirrored.',
  check: (context) =>
    toleratedEntries(context)
      .filter(repeatsSource)
      .map(({ source, origin }) => {
        const message = `"${source}" is its own only mirror, so the entry has no effect`;
        const hint = 'name the place that holds the copies, or remove the entry';
        return diagnose('warning', 'set-without-real-mirror', message, below(origin, 'mirrors', 0), { hint });
      }),
};

// Beside NeverContactSource a mirror that is the source is an error of its own.
function repeatsSource({ source, mirrors, policy }: MirrorRule): boolean {
  return mirrors.length > 0 && policy !== 'NeverContactSource' && !hasRealMirror(source, mirrors);
}
