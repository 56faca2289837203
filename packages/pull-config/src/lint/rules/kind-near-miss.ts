import { apiVersionOf, kindNearMiss, kinds, type LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { halfConverted } from '../half-converted.ts';
import type { LintRule } from '../rule.ts';

/** A kind or apiVersion that is close to a known one; kinds of other programs are never reported. */
export const nearMissOfKind: LintRule = {
  code: 'kind-near-miss',
  severity: 'warning',
  why: 'An object of a misspelt kind is passed over here and refused by the API server.',
  changesNodeFiles: true,
  check: ({ objects }) => nearMisses(objects),
};

/** One warning per object of a kind that is nearly known. In a ConfigMap such a document is refused where it is collected. */
export function nearMisses(objects: readonly LocatedObject[]): Diagnostic[] {
  return objects
    .filter((located) => located.embedded === undefined && halfConverted(located) === undefined)
    .flatMap((located) => kindNearMiss(located, known) ?? []);
}

const known = kinds.map((definition) => ({ apiVersion: apiVersionOf(definition), kind: definition.kind }));
