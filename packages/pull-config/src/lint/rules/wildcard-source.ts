import { diagnose } from '../../diagnose.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';

/** A source `*.domain`: every host of the domain is replaced by one place (node-config 3.3). */
export const wildcardSource: LintRule = {
  code: 'wildcard-source',
  severity: 'info',
  why: 'A mirror of a wildcard source replaces the whole host: equal paths of different hosts become one image there. The domain itself is not covered, and no insecure or blocked scope may lie inside.',
  check: ({ mirrorEntries }) =>
    mirrorEntries
      .filter(({ source }) => source.startsWith('*.'))
      .map(({ source, origin }) => {
        const domain = source.slice(2);
        const message = `"${source}" covers every host below ${domain} but not ${domain} itself, and all of them share each mirror`;
        const hint = 'fine if paths differ between the hosts; else name the hosts one by one';
        return diagnose('info', 'wildcard-source', message, below(origin, 'source'), { hint });
      }),
};
