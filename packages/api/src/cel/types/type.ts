/** A CEL type. `struct` has fields by its name; `opaque` and containers have parameters; `param` stands for any type. */
export interface Type {
  readonly kind: TypeKind;
  readonly name: string;
  readonly params: readonly Type[];
}

export type TypeKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'error'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'opaque'
  | 'param'
  | 'string'
  | 'struct'
  | 'timestamp'
  | 'type'
  | 'uint';

type SimpleName = Exclude<TypeKind, 'list' | 'map' | 'opaque' | 'param' | 'struct'>;

/** The types without parameters. */
export const simpleTypes: Readonly<Record<SimpleName, Type>> = {
  bool: plain('bool'),
  bytes: plain('bytes'),
  double: plain('double'),
  duration: plain('duration', 'google.protobuf.Duration'),
  dyn: plain('dyn'),
  error: plain('error', '!error!'),
  int: plain('int'),
  null: plain('null', 'null_type'),
  string: plain('string'),
  timestamp: plain('timestamp', 'google.protobuf.Timestamp'),
  type: plain('type'),
  uint: plain('uint'),
};

export function listType(element: Type): Type {
  return { kind: 'list', name: 'list', params: [element] };
}

export function mapType(key: Type, value: Type): Type {
  return { kind: 'map', name: 'map', params: [key, value] };
}

export function optionalType(held: Type): Type {
  return { kind: 'opaque', name: 'optional_type', params: [held] };
}

export function structType(name: string): Type {
  return plain('struct', name);
}

export function paramType(name: string): Type {
  return plain('param', name);
}

export function typeType(of?: Type): Type {
  return { kind: 'type', name: 'type', params: of ? [of] : [] };
}

function plain(kind: TypeKind, name: string = kind): Type {
  return { kind, name, params: [] };
}

/** The held type of an optional, or undefined for another type. */
export function heldType(type: Type): Type | undefined {
  return type.kind === 'opaque' && type.name === 'optional_type' ? type.params[0] : undefined;
}

/** A parameter of a container type. */
export function paramOf(type: Type, index: number): Type {
  return type.params[index] ?? simpleTypes.dyn;
}

export function isSameType(a: Type, b: Type): boolean {
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.params.length === b.params.length &&
    a.params.every((param, index) => isSameType(param, paramOf(b, index)))
  );
}

export function isOpenType({ kind }: Type): boolean {
  return kind === 'dyn' || kind === 'error';
}

/** A type as faults show it (cel-go `checker.FormatCELType`). */
export function formatType(type: Type): string {
  if (type.kind === 'null' || type.kind === 'duration' || type.kind === 'timestamp') return type.kind;
  return type.params.length === 0 ? type.name : `${type.name}(${type.params.map(formatType).join(', ')})`;
}
