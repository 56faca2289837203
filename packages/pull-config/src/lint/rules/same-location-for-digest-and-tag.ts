import type { Diagnostic } from '@pullpath/diagnostics';
import { diagnose } from '../../diagnose.ts';
import { related } from '../origins.ts';
import type { LintRule } from '../rule.ts';
import { type MirroredSource, mirroredSources } from '../source-index.ts';

/** A mirror that serves digests and tags of one source: the drain decision then compares the wrong rows (node-config 2.3). */
export const sameLocationForDigestAndTag: LintRule = {
  code: 'same-location-for-digest-and-tag',
  severity: 'info',
  why: 'The check that spares nodes a drain looks mirrors up by location alone, so with one location for both kinds of pull every later change of the source drains nodes.',
  check: ({ mirrorGroups }) =>
    mirrorGroups.flatMap((group) => [...mirroredSources(group).values()].flatMap(sharedLocation)),
};

function sharedLocation({ source, digest, tag }: MirroredSource): Diagnostic[] {
  const digestMirrors = new Map(digest?.mirrors.map((mirror) => [mirror.location, mirror]));
  const shared = tag?.mirrors.find(({ location }) => digestMirrors.has(location));
  const [origin] = shared?.origins ?? [];
  if (!shared || !origin) return [];
  const message = `"${shared.location}" mirrors both digests and tags of "${source}", so every later change of that source drains nodes`;
  const hint = 'harmless until something changes; two paths in the mirror registry would avoid the drains';
  const places = (digestMirrors.get(shared.location)?.origins ?? []).map((place) => related('for digests here', place));
  return [diagnose('info', 'same-location-for-digest-and-tag', message, origin, { hint, related: places })];
}
