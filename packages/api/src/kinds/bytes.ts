import type { FieldError } from '../schema/field-error.ts';
import { isEncodedBytes } from '../schema/formats.ts';
import { isJsonMap, ownValue } from '../schema/json.ts';
import type { KindDefinition } from './kind.ts';

/**
 * The check of a map of bytes of a core kind, such as `data` of a Secret: a value that no API server decodes is a fault at
 * its key. Faults never hold the value.
 */
export function bytesFaults(field: string, detail: string): NonNullable<KindDefinition['check']> {
  return (object) => {
    const map = ownValue(object, field);
    if (!isJsonMap(map)) return [];
    return Object.entries(map)
      .filter(([, value]) => typeof value === 'string' && !isEncodedBytes(value))
      .map(([key]): FieldError => ({ path: [field, key], type: 'Invalid', keyword: 'check', detail }));
  };
}
