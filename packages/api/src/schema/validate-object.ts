import type { Diagnostic } from '@pullpath/diagnostics';
import { findKind } from '../kinds/index.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { formatPath, type LocatedObject, type Path } from '../load/located.ts';
import { applyDefaults } from './defaults.ts';
import { describeFault } from './describe-fault.ts';
import type { FieldError } from './field-error.ts';
import { isJsonMap } from './json.ts';
import { isDnsSubdomain } from './names.ts';
import { unknownFields } from './prune.ts';
import { describeUnknownField } from './unknown-field.ts';
import { validate } from './validate.ts';

/**
 * Everything that is wrong with an object of a known kind, each at its place, in the order of its text: what an API server would
 * refuse, and fields that it would drop. `old` is the object before the update. Objects of other kinds have no faults.
 */
export function validateObject(located: LocatedObject, options: { readonly old?: LocatedObject } = {}): Diagnostic[] {
  const definition = findKind(located.object.apiVersion, located.object.kind);
  if (!definition) return [];
  const errors = faultsOf(definition, located, options.old);
  const faults = errors.map((error) => ({ path: error.path, diagnostic: describeFault(definition, located, error) }));
  const ignoreCase = definition.ignoresFieldCase ?? false;
  const unknown = unknownFields(definition.schema, located.object, { ignoreCase })
    .filter(outsideOf(errors))
    .map((path) => ({ path, diagnostic: describeUnknownField(definition, located, path) }));
  return inSourceOrder([...unknown, ...faults]);
}

/** Keys of a mapping that stands where none belongs are no fields of anything: the type is the only fault there. */
function outsideOf(errors: readonly FieldError[]): (path: Path) => boolean {
  const mistyped = new Set(errors.filter(({ type }) => type === 'TypeInvalid').map(({ path }) => formatPath(path)));
  if (mistyped.size === 0) return () => true;
  return (path) => path.every((_, depth) => !mistyped.has(formatPath(path.slice(0, depth))));
}

function faultsOf(definition: KindDefinition, { object }: LocatedObject, old: LocatedObject | undefined): FieldError[] {
  const value = applyDefaults(definition.schema, object);
  const oldValue = old && applyDefaults(definition.schema, old.object);
  const further = isJsonMap(value) ? (definition.check?.(value) ?? []) : [];
  return [
    ...validate(definition.schema, value, oldValue === undefined ? {} : { oldValue }),
    ...nameFaults(object.metadata?.name),
    ...further,
  ];
}

/** Names are checked by the server for every kind; an absent one is left to whoever needs it. */
function nameFaults(name: unknown): FieldError[] {
  if (typeof name !== 'string' || name === '' || isDnsSubdomain(name)) return [];
  const detail = 'must be a lower-case RFC 1123 subdomain: letters, digits, hyphens and dots, 253 characters at most';
  return [{ path: ['metadata', 'name'], type: 'Invalid', keyword: 'check', detail, badValue: name }];
}

interface Placed {
  readonly path: Path;
  readonly diagnostic: Diagnostic;
}

/** By place in the text, else in the order in which they were found; the sort is stable. */
function inSourceOrder(placed: readonly Placed[]): Diagnostic[] {
  const offset = ({ diagnostic }: Placed): number => diagnostic.at?.start.offset ?? 0;
  return placed.toSorted((left, right) => offset(left) - offset(right)).map(({ diagnostic }) => diagnostic);
}
