import { type LocatedObject, type Path, renameKey, replaceValue, validateObject, valueAt } from '@pullpath/api';
import type { Fix, TextEdit } from '@pullpath/diagnostics';
import { mirrorKinds } from '../collect/mirror-rules.ts';

/** The list of an ImageContentSourcePolicy. */
export const policyList: Path = ['spec', 'repositoryDigestMirrors'];
/** The list of an ImageDigestMirrorSet. */
export const digestList: Path = ['spec', 'imageDigestMirrors'];

const apiVersion = 'config.openshift.io/v1';
const kind = 'ImageDigestMirrorSet';

/**
 * The repair that makes an ImageContentSourcePolicy, or one that was converted in part, an ImageDigestMirrorSet: its
 * apiVersion, kind and the name of its list; entries and comments stay. Undefined where the result would be refused, would
 * say more than before, or would replace another object of its name.
 */
export function toDigestMirrorSet(located: LocatedObject, objects: readonly LocatedObject[]): Fix | undefined {
  if (!canBecome(located, objects)) return undefined;
  const edits = [
    valueEdits(located, 'apiVersion', apiVersion),
    valueEdits(located, 'kind', kind),
    valueAt(located.object, policyList) === undefined ? [] : renameKey(located, policyList, 'imageDigestMirrors'),
  ];
  if (edits.includes(undefined)) return undefined;
  return { title: `make it an ${kind} of ${apiVersion}`, edits: edits.flatMap((some) => some ?? []) };
}

function valueEdits(located: LocatedObject, field: string, value: string): readonly TextEdit[] | undefined {
  return located.object[field] === value ? [] : replaceValue(located, [field], value);
}

function canBecome(located: LocatedObject, objects: readonly LocatedObject[]): boolean {
  const { kind: given, metadata, spec } = located.object;
  // Of two policies of one name the later one counts; converted, both would.
  const isTaken = objects.some((other) => other !== located && hasName(other, [kind, given], metadata.name));
  const lists = mirrorKinds.filter(({ field }) => valueAt(spec, [field]) !== undefined);
  const [list] = lists;
  if (given === 'ImageTagMirrorSet' || isTaken || list === undefined || lists.length > 1) return false;
  const entries = valueAt(spec, [list.field]);
  if (list.rule === 'icsp' && !hasOnlyKnownFields(entries)) return false;
  const object = { apiVersion, kind, metadata, spec: { imageDigestMirrors: entries } };
  return validateObject({ object }).every(({ severity }) => severity !== 'error');
}

function hasName({ object, embedded }: LocatedObject, kinds: readonly string[], name: string | undefined): boolean {
  return embedded === undefined && kinds.includes(object.kind) && object.metadata.name === name;
}

/** A field that the older kind dropped, such as a policy, would come to life. */
function hasOnlyKnownFields(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false;
  return entries.every((entry: unknown) =>
    Object.keys(entry ?? {}).every((key) => key === 'source' || key === 'mirrors'),
  );
}
