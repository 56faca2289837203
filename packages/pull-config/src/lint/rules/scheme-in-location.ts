import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorLocation, isMirrorSource } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import { type Location, locations } from '../locations.ts';
import type { LintRule } from '../rule.ts';
import { writeInstead } from '../write-instead.ts';

/** A source, mirror or registry scope that is a URL. */
export const schemeInLocation: LintRule = {
  code: 'scheme-in-location',
  severity: 'error',
  why: 'Registries are named without a scheme, as image names do it. The API refuses a URL; where it gets to a node, the node refuses its whole configuration and pulls nothing.',
  replaces: ['field-invalid', 'source-format', 'mirror-format', 'scope-format', 'registries-conf-unusable'],
  changesNodeFiles: true,
  check: (context) => locations(context).flatMap(withScheme),
};

function withScheme({ text, role, origin }: Location): Diagnostic[] {
  const at = text.indexOf('://');
  if (at === -1) return [];
  const meant = withoutTrailingSlashes(text.slice(at + 3));
  const isValid = role === 'mirror' ? isMirrorLocation(meant) : isMirrorSource(meant);
  const message = `"${text}" is a URL, leave "${text.slice(0, at + 3)}" out`;
  const hint = role === 'insecureRegistries' ? 'insecure registries are asked by HTTPS first, then by HTTP' : undefined;
  const expected = role === 'mirror' ? 'host[:port][/path]' : 'host[:port][/path], or *.domain';
  const more = { expected, ...(hint !== undefined && { hint }), ...(isValid && writeInstead(origin, meant)) };
  return [diagnose('error', 'scheme-in-location', message, origin, more)];
}

function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}
