import { type LocatedObject, valueAt } from '@pullpath/api';
import type { Diagnostic, Fix } from '@pullpath/diagnostics';
import { isIcsp } from '../../convert/icsp-document.ts';
import { diagnose } from '../../diagnose.ts';
import type { LintContext, LintRule } from '../rule.ts';
import { digestList, toDigestMirrorSet } from '../to-digest-mirror-set.ts';

const code = 'icsp-deprecated';

/** An ImageContentSourcePolicy where an ImageDigestMirrorSet would do: from release 4.13 on. */
export const icspDeprecated: LintRule = {
  code,
  severity: 'warning',
  why: 'The kind is deprecated, its texts are not checked, and for its sources it rules out NeverContactSource in any other object.',
  check: findPolicies,
};

function findPolicies(context: LintContext): Diagnostic[] {
  if (context.scopes.some(({ dialect }) => dialect === '4.12')) return [];
  return context.objects
    .filter((located) => isIcsp(located.object) && !isHalfConverted(located) && isAccepted(located))
    .map((located) => report(located, fixOf(located, context)));
}

function isHalfConverted({ object }: LocatedObject): boolean {
  return valueAt(object, digestList) !== undefined;
}

/** In a mirror ConfigMap the kind is refused anyway. */
function isAccepted({ embedded }: LocatedObject): boolean {
  return embedded === undefined || embedded.path[1] === 'config';
}

/** The text of a NodePool's documents decides its rollout hash, so that change is left to its owner. */
function fixOf(located: LocatedObject, { objects }: LintContext): Fix | undefined {
  return located.embedded === undefined ? toDigestMirrorSet(located, objects) : undefined;
}

function report(located: LocatedObject, fix: Fix | undefined): Diagnostic {
  const message = 'ImageContentSourcePolicy is deprecated; an ImageDigestMirrorSet with the same entries says the same';
  const hint =
    located.embedded === undefined
      ? 'create the new object, then delete the old one: the files of nodes stay the same, nothing is rolled out'
      : 'any change of this text rolls out the nodes of the NodePool, so make it together with another one';
  return diagnose('warning', code, message, { of: located, path: ['kind'] }, { hint, ...(fix && { fix }) });
}
