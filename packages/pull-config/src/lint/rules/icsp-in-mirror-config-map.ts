import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isIcsp } from '../../convert/icsp-document.ts';
import { diagnose } from '../../diagnose.ts';
import type { LintRule } from '../rule.ts';
import { toDigestMirrorSet } from '../to-digest-mirror-set.ts';

const code = 'icsp-in-mirror-config-map';

/** An ImageContentSourcePolicy pasted into the ConfigMap that imageMirrorConfigRef names. */
export const icspInMirrorConfigMap: LintRule = {
  code,
  severity: 'error',
  why: 'The key idms.yaml takes ImageDigestMirrorSets alone; one document of another kind makes the whole ConfigMap be refused.',
  replaces: ['mirror-manifest-kind'],
  changesNodeFiles: true,
  check: ({ objects }) =>
    objects.filter(isUnderDigestKey).map((located): Diagnostic => {
      const message =
        'an ImageContentSourcePolicy does not belong under idms.yaml, the whole ConfigMap is refused for it';
      const hint = 'an ImageDigestMirrorSet with the same entries says the same';
      const fix = toDigestMirrorSet(located, objects);
      const more = { expected: 'ImageDigestMirrorSet', hint, ...(fix && { fix }) };
      return diagnose('error', code, message, { of: located, path: ['kind'] }, more);
    }),
};

function isUnderDigestKey({ object, embedded }: LocatedObject): boolean {
  return isIcsp(object) && embedded?.path[1] === 'idms.yaml';
}
