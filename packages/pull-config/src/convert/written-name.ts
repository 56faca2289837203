import type { LocatedObject } from '@pullpath/api';
import type { Diagnostic } from '@pullpath/diagnostics';

/**
 * An object whose name YAML reads as a boolean or number (`name: y`) with the name as it is written in `text`, and the
 * warning about it; other objects as they are. A cluster refuses such an object, its migrated form has the name in quotes.
 */
export function withWrittenName(
  located: LocatedObject,
  text: string,
): { readonly located: LocatedObject; readonly diagnostics: readonly Diagnostic[] } {
  const { object, source } = located;
  const value: unknown = object.metadata.name;
  const at = source?.span(['metadata', 'name']);
  if (at === undefined || (typeof value !== 'boolean' && typeof value !== 'number'))
    return { located, diagnostics: [] };
  const name = text.slice(at.start.offset, at.end.offset);
  const message = `YAML reads the name ${name} as the ${typeof value} ${value}; it is taken as the text "${name}"`;
  return {
    located: { ...located, object: { ...object, metadata: { ...object.metadata, name } } },
    diagnostics: [{ code: 'icsp-name-unquoted', severity: 'warning', message, at, hint: 'put it in quotes' }],
  };
}
