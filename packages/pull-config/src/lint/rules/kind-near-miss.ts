import { apiVersionOf, kindNearMiss, kinds } from '@pullpath/api';
import { halfConverted } from '../half-converted.ts';
import type { LintRule } from '../rule.ts';

/** A kind or apiVersion that is close to a known one; kinds of other programs are never reported. */
export const nearMissOfKind: LintRule = {
  code: 'kind-near-miss',
  severity: 'warning',
  why: 'An object of a misspelt kind is passed over here and refused by the API server.',
  changesNodeFiles: true,
  // In a ConfigMap such a document is refused where it is collected.
  check: ({ objects }) =>
    objects
      .filter((located) => located.embedded === undefined && halfConverted(located) === undefined)
      .flatMap((located) => kindNearMiss(located, known) ?? []),
};

const known = kinds.map((definition) => ({ apiVersion: apiVersionOf(definition), kind: definition.kind }));
