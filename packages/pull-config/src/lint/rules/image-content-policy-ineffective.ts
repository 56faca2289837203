import type { Diagnostic } from '@pullpath/diagnostics';
import { objectsOfKind } from '../../collect/objects.ts';
import { diagnose } from '../../diagnose.ts';
import type { LintRule } from '../rule.ts';

const code = 'image-content-policy-ineffective';

/** An ImageContentPolicy: the kind can be created, and nothing reads it. */
export const imageContentPolicyIneffective: LintRule = {
  code,
  severity: 'warning',
  why: 'The kind exists in the API, but the machine-config-operator never read it: nodes do not know these mirrors.',
  check: ({ objects }) =>
    objectsOfKind(objects, { group: 'config.openshift.io', kind: 'ImageContentPolicy' }).map((of): Diagnostic => {
      const message = 'an ImageContentPolicy has no effect, no component ever read this kind';
      const hint =
        'use an ImageDigestMirrorSet, and for allowMirrorByTags an ImageTagMirrorSet with the same entries beside it';
      return diagnose('warning', code, message, { of, path: ['kind'] }, { hint });
    }),
};
