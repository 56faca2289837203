import { equal, hasUnknown, type ObjectValue, unknown, type Value } from '../wire/values.ts';
import { type AttributePath, type Diagnostic, error, pathText } from './diagnostic.ts';
import { type Attribute, type Attributes, isComputed, isNested, type Schema } from './schema.ts';
import { elementAt, mapElements } from './walk.ts';

/** What core asks a plan of. `prior` is null for a new object, `proposed` for one that goes. */
export interface Change {
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue | null;
}

export interface Plan {
  readonly planned: ObjectValue | null;
  /** Attributes whose change makes the object anew; sorted, each once. */
  readonly requiresReplace: readonly AttributePath[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The plan of the terraform-plugin-framework (server_planresourcechange): defaults; then, when anything differs from
 * before, every computed value becomes unknown unless it is configured, has a default, or keeps its prior value.
 */
export function planChange(schema: Schema, { config, prior, proposed }: Change): Plan {
  if (proposed === null || config === null) return { planned: null, requiresReplace: [], diagnostics: [] };
  const { attributes } = schema;
  const filled = withDefaults(attributes, proposed, config);
  const planned = equal(filled, prior ?? undefined) ? filled : withUnknowns(attributes, filled, config, prior);
  const changes = prior === null ? [] : changedPaths(attributes, planned, prior);
  return {
    planned,
    requiresReplace: changes.filter(({ attribute }) => attribute.onChange === 'replace').map(({ path }) => path),
    diagnostics: changes.filter(isRefused).map(refusal),
  };
}

function withDefaults(attributes: Attributes, value: ObjectValue, config: ObjectValue | undefined): ObjectValue {
  return mapAttributes(attributes, value, (attribute, member, name) => {
    const configured = config?.[name] ?? null;
    if (configured === null && attribute.default !== undefined) return attribute.default;
    if (!isNested(attribute.type)) return member;
    const { type } = attribute;
    return mapElements(type, member, (element, at) =>
      withDefaults(type.attributes, element, elementAt(configured, at)),
    );
  });
}

function withUnknowns(
  attributes: Attributes,
  value: ObjectValue,
  config: ObjectValue | undefined,
  prior: ObjectValue | null | undefined,
): ObjectValue {
  return mapAttributes(attributes, value, (attribute, member, name) => {
    const configured = config?.[name] ?? null;
    if (configured === null) return isComputed(attribute) ? computedValue(attribute, member, prior?.[name]) : member;
    if (!isNested(attribute.type)) return member;
    const { type } = attribute;
    return mapElements(type, member, (element, at) =>
      withUnknowns(type.attributes, element, elementAt(configured, at), elementAt(prior?.[name], at)),
    );
  });
}

function computedValue(attribute: Attribute, member: Value, prior: Value | undefined): Value {
  if (attribute.default !== undefined) return member;
  return attribute.keepsPrior && prior !== undefined && prior !== null ? prior : unknown;
}

interface ChangedAttribute {
  readonly attribute: Attribute;
  readonly path: AttributePath;
  readonly from: Value;
  readonly to: Value;
}

// What an object is made anew for, or refuses to change, is a matter of whole attributes at the top. An attribute that was
// null (after an import, nobody told) may be told.
function changedPaths(attributes: Attributes, planned: ObjectValue, prior: ObjectValue): ChangedAttribute[] {
  const changes = Object.entries(attributes).flatMap(([name, attribute]) => {
    const [from, to] = [prior[name] ?? null, planned[name] ?? null];
    return attribute.onChange === undefined || equal(from, to) ? [] : [{ attribute, path: [name], from, to }];
  });
  return changes.sort((left, right) => (pathText(left.path) < pathText(right.path) ? -1 : 1));
}

// What is only known after apply may be the same.
function isRefused({ attribute, from, to }: ChangedAttribute): boolean {
  return attribute.onChange === 'refuse' && from !== null && !hasUnknown(to);
}

function refusal({ path, from, to }: ChangedAttribute): Diagnostic {
  const detail = `Attribute ${pathText(path)}, cannot be changed from ${JSON.stringify(from)} to ${JSON.stringify(to)}. Restore the value, or remove the resource and create another.`;
  return error('Attribute value cannot be changed', detail, path);
}

function mapAttributes(
  attributes: Attributes,
  value: ObjectValue,
  map: (attribute: Attribute, member: Value, name: string) => Value,
): ObjectValue {
  const members = Object.entries(attributes).map(([name, attribute]) => [
    name,
    map(attribute, value[name] ?? null, name),
  ]);
  return Object.fromEntries(members);
}
