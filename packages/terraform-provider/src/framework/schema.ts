import type { CtyType } from '../wire/types.ts';
import type { Value } from '../wire/values.ts';
import type { AttributePath, Diagnostic } from './diagnostic.ts';

/** Who gives an attribute its value: the configuration, the provider, or the provider where the configuration does not. */
export type AttributeMode = 'required' | 'optional' | 'computed' | 'optional-computed';

/** Judges a configured value that is known and not null. */
export type Validator = (value: Value, at: AttributePath) => readonly Diagnostic[];

/** One attribute of a resource, data source or provider. */
export interface Attribute {
  /** Plain text for the documentation and `terraform providers schema`. */
  readonly description: string;
  readonly mode: AttributeMode;
  readonly type: CtyType | Nested;
  readonly sensitive?: boolean;
  /** The planned value where the configuration has none. Needs mode `optional-computed`. */
  readonly default?: Value;
  readonly validators?: readonly Validator[];
  /** A computed value that no update changes: the prior one is planned (UseStateForUnknown). */
  readonly keepsPrior?: boolean;
  /** What another value means for an object that exists: it is made anew, or the plan is refused. */
  readonly onChange?: 'replace' | 'refuse';
}

/** An attribute made of attributes. */
export interface Nested {
  readonly nesting: 'single' | 'list' | 'map';
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, Attribute>>;

export interface Schema {
  /** Raised when saved state needs another form. */
  readonly version: number;
  readonly description: string;
  readonly attributes: Attributes;
}

export function isNested(type: CtyType | Nested): type is Nested {
  return typeof type === 'object' && 'nesting' in type;
}

export function isComputed(attribute: Attribute): boolean {
  return attribute.mode === 'computed' || attribute.mode === 'optional-computed';
}

/** The cty type of the object that those attributes make. */
export function objectType(attributes: Attributes): CtyType {
  const entries = Object.entries(attributes).map(([name, { type }]) => [name, attributeType(type)] as const);
  return ['object', Object.fromEntries(entries)];
}

/** The cty type of one attribute. */
export function attributeType(type: CtyType | Nested): CtyType {
  if (!isNested(type)) return type;
  const element = objectType(type.attributes);
  if (type.nesting === 'single') return element;
  return type.nesting === 'list' ? ['list', element] : ['map', element];
}
