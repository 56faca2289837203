/** What kinds of values are allowed in one place, and how each is merged: the type model of structured-merge-diff `schema`. */
export interface ValueType {
  readonly scalar?: ScalarType;
  readonly list?: ListType;
  readonly map?: MapType;
}

export type ScalarType = 'string' | 'numeric' | 'boolean' | 'untyped';

export interface ListType {
  /** `atomic`: owned as a whole. `set`: items are scalars, each its own key. `map`: items are told apart by `keys`. */
  readonly relation: 'atomic' | 'set' | 'map';
  readonly keys: readonly string[];
  readonly items: ValueType;
}

export interface MapType {
  readonly atomic: boolean;
  /** Declared members. */
  readonly fields: ReadonlyMap<string, FieldType>;
  /** The type of members that are not declared; undefined where there may be none. */
  readonly others: ValueType | undefined;
}

export interface FieldType {
  readonly type: ValueType;
  /** Stands in for an absent key of a list map item. */
  readonly default: unknown;
}

/** Any value, lists and maps owned as a whole. */
export const untyped: ValueType = {
  scalar: 'untyped',
  get list(): ListType {
    return { relation: 'atomic', keys: [], items: untyped };
  },
  get map(): MapType {
    return { atomic: true, fields: noFields, others: untyped };
  },
};

/** Any value, maps merged member by member, lists owned as a whole. */
export const deduced: ValueType = {
  scalar: 'untyped',
  get list(): ListType {
    return { relation: 'atomic', keys: [], items: untyped };
  },
  get map(): MapType {
    return { atomic: false, fields: noFields, others: deduced };
  },
};

const noFields: ReadonlyMap<string, FieldType> = new Map();

/** The type of a member, declared or not. */
export function memberType({ fields, others }: MapType, name: string): ValueType | undefined {
  return fields.get(name)?.type ?? others;
}

/** Which part of a type a value is handled by: its own kind where the type has it, else the first that the type has. */
export function branchOf(type: ValueType, value: unknown): 'map' | 'scalar' | 'list' | undefined {
  if (isScalar(value) && type.scalar) return 'scalar';
  if (Array.isArray(value) && type.list) return 'list';
  if (type.map) return 'map';
  return type.scalar ? 'scalar' : type.list && 'list';
}

export function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The value as a list; undefined where it is none. */
export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The value as a mapping; undefined where it is none. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
