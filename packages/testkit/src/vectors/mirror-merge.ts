import {
  digestRules,
  type MirrorSet,
  mergeMirrorSets,
  mirrorsForNestedScope,
  type OrderEdge,
  topoSort,
} from '@pullpath/pull-config';
import { type MirrorObjects, rulesOf } from './mirror-rules.ts';
import type { Area } from './run-vectors.ts';

/** node-config `mirror-merge`: order of mirrors from several objects. */
export const mirrorMerge: Area = {
  topoSort: ({ edges }: { edges: OrderEdge[] }) => ({ order: topoSort(edges).order }),
  mergeDigest: (input: MirrorObjects) => ({ merged: mergeMirrorSets(digestRules(rulesOf(input))).map(plainSet) }),
  mergeTag: (input: MirrorObjects) => ({ merged: mergeMirrorSets(rulesOf(input)).map(plainSet) }),
  adjustForNestedScope: (input: { mirroredScope: string; subScope: string; mirrors: { location: string }[] }) => {
    const mirrors = mirrorsForNestedScope(input.mirroredScope, input.subScope, input.mirrors);
    return mirrors ? { mirrors } : { error: { code: 'wildcard-source-has-nested-scope' } };
  },
};

function plainSet({ source, mirrors, neverContactSource }: MirrorSet): Record<string, unknown> {
  return {
    source,
    mirrors: mirrors.map(({ location }) => location),
    mirrorSourcePolicy: neverContactSource ? 'NeverContactSource' : '',
  };
}
