import { type LocatedObject, type Path, placeOf } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';
import { halfConverted } from '../half-converted.ts';
import type { LintRule } from '../rule.ts';
import { toDigestMirrorSet } from '../to-digest-mirror-set.ts';

const code = 'sed-converted-icsp';

/** An ImageContentSourcePolicy of which only the kind, the apiVersion or the name of the list was changed. */
export const sedConvertedIcsp: LintRule = {
  code,
  severity: 'error',
  why: 'Three things differ between the kinds: apiVersion, kind and the name of the list. With one left over the API server refuses the object or drops its list.',
  replaces: ['field-unknown', 'mirror-manifest-invalid'],
  changesNodeFiles: true,
  check: ({ objects }) => halfConvertedFaults(objects),
};

/** One fault per half-converted object. */
export function halfConvertedFaults(objects: readonly LocatedObject[]): Diagnostic[] {
  return objects.flatMap((located) => findLeftOver(located, objects));
}

function findLeftOver(located: LocatedObject, objects: readonly LocatedObject[]): Diagnostic[] {
  const leftOver = halfConverted(located);
  if (leftOver === undefined) return [];
  const fix = toDigestMirrorSet(located, objects);
  return [
    {
      code,
      severity: 'error',
      ...placeOf({ of: located, path: leftOver }),
      at: placeOfLeftOver(located, leftOver),
      message: `${leftOverText(leftOver, located)}, this ${located.object.kind} was converted in part`,
      expected: leftOver.length === 1 ? 'config.openshift.io/v1' : 'imageDigestMirrors',
      hint: 'an ImageDigestMirrorSet has apiVersion config.openshift.io/v1 and spec.imageDigestMirrors; "pullpath migrate icsp" converts whole files',
      ...(fix && { fix }),
    },
  ];
}

function placeOfLeftOver({ source }: LocatedObject, path: Path): Diagnostic['at'] {
  return path.length === 1 ? source?.span(path) : source?.keySpan(path);
}

function leftOverText(path: Path, { object }: LocatedObject): string {
  const owner = object.kind === 'ImageContentSourcePolicy' ? 'ImageDigestMirrorSet' : 'ImageContentSourcePolicy';
  if (path.length === 1) return `apiVersion ${object.apiVersion} belongs to ${owner}`;
  return `"${String(path.at(-1))}" is the list of ${owner}`;
}
