import type { Diagnostic } from '@pullpath/diagnostics';
import type { KindDefinition } from '../kinds/kind.ts';
import { formatPath, type LocatedObject, objectName, type Path } from '../load/located.ts';
import { memberSchema } from './member.ts';
import { nearestName } from './nearest.ts';
import type { Schema } from './schema.ts';

/**
 * A field that the kind does not have, at its key, with the name that was probably meant. In what a server writes it is a
 * warning alone.
 */
export function describeUnknownField(definition: KindDefinition, located: LocatedObject, path: Path): Diagnostic {
  const names = siblingNames(definition.schema, path);
  const near = nearestName(String(path.at(-1)), names);
  return {
    code: 'field-unknown',
    severity: path[0] === 'status' || path[0] === 'metadata' ? 'warning' : 'error',
    message: `${formatPath(path)} is not a field of ${definition.kind}`,
    at: located.source?.keySpan(path),
    object: objectName(located.object),
    path: formatPath(path),
    expected: names.length > 0 && names.length <= 12 ? `one of ${names.join(', ')}` : undefined,
    hint: near === undefined ? 'the API server drops it' : `did you mean ${near}?`,
  };
}

function siblingNames(schema: Schema, path: Path): string[] {
  const parent = path.slice(0, -1).reduce<Schema | undefined>((at, step) => at && child(at, step), schema);
  return Object.keys(parent?.properties ?? {});
}

function child(schema: Schema, step: string | number): Schema | undefined {
  return typeof step === 'number' ? schema.items : memberSchema(schema, step);
}
