import { compareBytes } from '../patch/compare-bytes.ts';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { StoredObject } from '../store/record.ts';
import { difference, emptySet, type FieldSet, isEmpty } from './fields/field-set.ts';
import { goJson } from './fields/go-json.ts';
import type { Conflict } from './owners/take-fields.ts';
import type { Tracking } from './tracked-kind.ts';
import { typeFaults } from './typed/check-typed.ts';
import { compareTyped } from './typed/compare.ts';
import { fieldsOf } from './typed/fields-of.ts';
import { asMap } from './typed/value-type.ts';

/** Where kubectl's client-side apply remembers what it applied. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manager name under which kubectl's server-side apply takes over from its client-side one. */
export const kubectlManager = 'kubectl';

const maximumAnnotationBytes = 256 * 1024;

/** The conflicts that are not about fields which client-side apply set to their present value (apimachinery `managedfields` lastappliedmanager). */
export function withoutLastApplied(conflicts: readonly Conflict[], live: StoredObject, tracking: Tracking): Conflict[] {
  const owned = lastAppliedFields(live, tracking);
  return conflicts
    .map((conflict) => ({ ...conflict, fields: difference(conflict.fields, owned) }))
    .filter(({ fields }) => !isEmpty(fields));
}

function lastAppliedFields(live: StoredObject, { type, apiVersion }: Tracking): FieldSet {
  const applied = parsedAnnotation(live);
  if (!applied || applied['apiVersion'] !== apiVersion) return emptySet;
  const misfit = [applied, live].some((object) => typeFaults(type, object, { allowDuplicates: false }).length > 0);
  if (misfit) return emptySet;
  const { added, modified, removed } = compareTyped(type, applied, live);
  return [modified, added, removed].reduce<FieldSet>(difference, fieldsOf(type, applied));
}

function parsedAnnotation(live: StoredObject): StoredObject | undefined {
  const text = annotationOf(live);
  if (text === undefined) return undefined;
  try {
    return asMap(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function annotationOf(object: StoredObject): string | undefined {
  const annotations = metadataOf(object).annotations ?? {};
  const text = Object.hasOwn(annotations, lastAppliedAnnotation) ? annotations[lastAppliedAnnotation] : undefined;
  return text === '' ? undefined : text;
}

/** Keeps the annotation of client-side apply true after a server-side apply by kubectl; drops it where it does not fit. */
export function updateLastApplied(object: StoredObject, config: StoredObject): StoredObject {
  if (annotationOf(object) === undefined) return object;
  const { [lastAppliedAnnotation]: _old, ...others } = metadataOf(object).annotations ?? {};
  const annotations = { ...others, [lastAppliedAnnotation]: `${sortedJson(withoutAnnotation(config))}\n` };
  if (annotations[lastAppliedAnnotation] === annotationOf(object)) return object;
  return withMetadata(object, { annotations: byteSize(annotations) > maximumAnnotationBytes ? others : annotations });
}

function withoutAnnotation(config: StoredObject): StoredObject {
  const { annotations } = metadataOf(config);
  if (!annotations) return config;
  const { [lastAppliedAnnotation]: _old, ...others } = annotations;
  return withMetadata(config, { annotations: others });
}

function byteSize(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce((sum, entry) => sum + Buffer.byteLength(entry.join('')), 0);
}

/** JSON with sorted keys, as Go writes maps. */
function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  const map = asMap(value);
  if (!map) return goJson(value);
  const names = Object.keys(map).sort(compareBytes);
  return `{${names.map((name) => `${goJson(name)}:${sortedJson(map[name])}`).join(',')}}`;
}
