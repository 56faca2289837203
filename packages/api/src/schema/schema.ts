/** JSON types of the structural schemas of Kubernetes. */
export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/**
 * A structural schema: the one description of a kind that yields validation, defaulting, pruning, OpenAPI, JSON Schema and
 * the text of `explain`. Keywords mean what they mean in a CustomResourceDefinition (apiextensions.k8s.io/v1); the
 * `x-kubernetes-` ones have their short names here.
 */
export interface Schema {
  readonly type?: SchemaType;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  /** RE2 syntax, matched anywhere in the value unless anchored. */
  readonly pattern?: string;
  readonly format?: string;
  /** In characters. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** `minimum` itself is too small; `exclusiveMaximum` likewise. */
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly nullable?: boolean;
  readonly default?: unknown;
  /** An integer or a string; `type` is then absent. */
  readonly intOrString?: boolean;
  /** Fields that are not declared are kept and not reported. */
  readonly preserveUnknownFields?: boolean;
  readonly embeddedResource?: boolean;
  /** `atomic` where absent. */
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  /** `granular` where absent. */
  readonly mapType?: 'atomic' | 'granular';
  readonly validations?: readonly CelRule[];
  /** The feature gate that a cluster must have switched on for the field to exist. */
  readonly featureGate?: string;
  /** Own wording of a fault by keyword, where the general one would say less. Never leaves the process. */
  readonly texts?: Partial<Readonly<Record<FaultKeyword, string>>>;
}

/** One entry of `x-kubernetes-validations`. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired' | 'FieldValueDuplicate';
  /** Where the fault is reported, relative to the value: `.spec.name` or `['a.b']`. */
  readonly fieldPath?: string;
  /** The rule runs on creation too; `oldSelf` is then an optional. */
  readonly optionalOldSelf?: boolean;
}

/** What a value failed. */
export type FaultKeyword =
  | 'type'
  | 'required'
  | 'enum'
  | 'pattern'
  | 'format'
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'multipleOf'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'
  | 'duplicate'
  | 'rule'
  | 'check';
