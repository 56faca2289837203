import type { Origin } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { isMirrorLocation, isMirrorSource, parseReference } from '@pullpath/oci';
import { diagnose } from '../../diagnose.ts';
import type { MirrorRule } from '../../model.ts';
import { below } from '../origins.ts';
import type { LintRule } from '../rule.ts';

const code = 'icsp-garbage';

/** Texts in an ImageContentSourcePolicy that are no repositories: the schema takes anything. */
export const icspGarbage: LintRule = {
  code,
  severity: 'error',
  why: 'The API server takes any text in an ImageContentSourcePolicy; the machine-config-operator refuses it later and then writes no mirror of any object.',
  replaces: ['source-format', 'mirror-format'],
  check: ({ mirrorEntries }) => mirrorEntries.filter(({ kind }) => kind === 'icsp').flatMap(findGarbage),
};

function findGarbage({ source, mirrors, origin }: MirrorRule): Diagnostic[] {
  return [
    ...(isMirrorSource(source) || isOtherFault(source) ? [] : [garbage('source', source, below(origin, 'source'))]),
    ...mirrors.flatMap((mirror, index) =>
      isMirrorLocation(mirror) || isOtherFault(mirror)
        ? []
        : [garbage('mirror', mirror, below(origin, 'mirrors', index))],
    ),
  ];
}

/** A scheme, a tag or a digest has a rule of its own. */
function isOtherFault(text: string): boolean {
  const parsed = parseReference(text);
  return text.includes('://') || (parsed.ok && (parsed.value.tag ?? parsed.value.digest) !== undefined);
}

function garbage(role: 'source' | 'mirror', text: string, origin: Origin): Diagnostic {
  const message = `"${text}" is no ${role} that nodes can use, and it keeps every other mirror object from being rendered`;
  const expected = role === 'source' ? 'host[:port][/path], or *.domain' : 'host[:port][/path]';
  const hint = 'the path is lower case; the API server would have refused it in an ImageDigestMirrorSet';
  return diagnose('error', code, message, origin, { expected, hint });
}
