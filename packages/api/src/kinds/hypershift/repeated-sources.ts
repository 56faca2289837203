import type { FieldError } from '../../schema/field-error.ts';
import { isJsonMap, ownValue } from '../../schema/json.ts';

/**
 * Sources of `spec.imageTagMirrorSet` that differ in the case of the host alone: the same registry, which the list type, comparing
 * texts, does not see.
 */
export function repeatedSources(object: Readonly<Record<string, unknown>>): readonly FieldError[] {
  const spec = ownValue(object, 'spec');
  const entries = isJsonMap(spec) ? ownValue(spec, 'imageTagMirrorSet') : undefined;
  if (!Array.isArray(entries)) return [];
  const seen = new Map<string, string>();
  const errors: FieldError[] = [];
  entries.forEach((entry: unknown, index) => {
    const source = isJsonMap(entry) ? ownValue(entry, 'source') : undefined;
    if (typeof source !== 'string') return;
    const first = seen.get(withLowerHost(source));
    if (first === undefined) seen.set(withLowerHost(source), source);
    else if (first !== source) errors.push(repeated(source, index));
  });
  return errors;
}

function repeated(source: string, index: number): FieldError {
  return {
    path: ['spec', 'imageTagMirrorSet', index, 'source'],
    type: 'Duplicate',
    keyword: 'check',
    detail: `duplicate source ${JSON.stringify(source)}: hosts do not differ in case`,
    badValue: source,
  };
}

function withLowerHost(source: string): string {
  const slash = source.indexOf('/');
  return slash === -1 ? source.toLowerCase() : source.slice(0, slash).toLowerCase() + source.slice(slash);
}
