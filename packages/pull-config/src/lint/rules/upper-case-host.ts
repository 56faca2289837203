import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorSource } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import { type Location, locations, splitLocation } from '../locations.ts';
import type { LintRule } from '../rule.ts';
import { writeInstead } from '../write-instead.ts';

/** A host with capitals. Nodes compare hosts byte by byte (node-config 3.3). */
export const upperCaseHost: LintRule = {
  code: 'upper-case-host',
  severity: 'warning',
  why: 'Hosts are compared as text, unlike in DNS: a rule for Quay.io is not found for quay.io, nor are credentials and certificates of a mirror that is written otherwise there.',
  changesNodeFiles: true,
  check: (context) => locations(context).flatMap(withCapitals),
};

function withCapitals({ text, role, origin }: Location): Diagnostic[] {
  const { host } = splitLocation(text);
  const lower = host.toLowerCase();
  if (lower === host || !isMirrorSource(text)) return [];
  const meant = lower + text.slice(host.length);
  const effect =
    role === 'mirror'
      ? `does not find credentials or certificates of "${lower}"`
      : `does not match pulls of "${meant}"`;
  const message = `"${text}" ${effect}, capitals count`;
  return [
    diagnose('warning', 'upper-case-host', message, origin, {
      hint: `write "${meant}"`,
      ...writeInstead(origin, meant),
    }),
  ];
}
