import type { Schema } from '@pullpath/api';
import { objectMetaSchema } from './object-meta-schema.ts';

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer', format: 'int64' };
const number: Schema = { type: 'number' };
const anyValue: Schema = { preserveUnknownFields: true };

function list(items: Schema): Schema {
  return { type: 'array', items, listType: 'atomic' };
}

function map(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties };
}

/** `JSONSchemaProps`: it contains itself, so this schema does too. What walks a schema along a value comes to an end; nothing else may walk it. */
const jsonSchemaProps: Schema = recursive((self) => ({
  $schema: text,
  $ref: text,
  id: text,
  title: text,
  description: text,
  type: text,
  format: text,
  nullable: flag,
  default: anyValue,
  example: anyValue,
  enum: list(anyValue),
  pattern: text,
  maximum: number,
  minimum: number,
  exclusiveMaximum: flag,
  exclusiveMinimum: flag,
  multipleOf: number,
  maxLength: whole,
  minLength: whole,
  maxItems: whole,
  minItems: whole,
  uniqueItems: flag,
  maxProperties: whole,
  minProperties: whole,
  required: list(text),
  items: self,
  allOf: list(self),
  oneOf: list(self),
  anyOf: list(self),
  not: self,
  properties: { type: 'object', additionalProperties: self },
  patternProperties: { type: 'object', additionalProperties: self },
  additionalProperties: { ...self, properties: self.properties ?? {} },
  additionalItems: anyValue,
  dependencies: { type: 'object', additionalProperties: anyValue },
  definitions: { type: 'object', additionalProperties: self },
  externalDocs: map({ description: text, url: text }),
  'x-kubernetes-preserve-unknown-fields': flag,
  'x-kubernetes-embedded-resource': flag,
  'x-kubernetes-int-or-string': flag,
  'x-kubernetes-list-type': text,
  'x-kubernetes-list-map-keys': list(text),
  'x-kubernetes-map-type': text,
  'x-kubernetes-validations': {
    type: 'array',
    listType: 'map',
    listMapKeys: ['rule'],
    items: map({
      rule: text,
      message: text,
      messageExpression: text,
      reason: text,
      fieldPath: text,
      optionalOldSelf: flag,
    }),
  },
}));

// `items` and `additionalProperties` may also be a list or a flag; those values have no members to be unknown.
function recursive(propertiesOf: (self: Schema) => Readonly<Record<string, Schema>>): Schema {
  const properties: Record<string, Schema> = {};
  const self: Schema = { properties };
  Object.assign(properties, propertiesOf(self));
  return self;
}

const names = map({
  plural: text,
  singular: text,
  shortNames: list(text),
  kind: text,
  listKind: text,
  categories: list(text),
});

const printerColumn = map({
  name: text,
  type: text,
  format: text,
  description: text,
  priority: { type: 'integer', format: 'int32' },
  jsonPath: text,
});

function versionWith(openAPIV3Schema: Schema): Schema {
  return map({
    name: text,
    served: flag,
    storage: flag,
    deprecated: flag,
    deprecationWarning: text,
    schema: map({ openAPIV3Schema }),
    subresources: map({
      status: map({}),
      scale: map({ specReplicasPath: text, statusReplicasPath: text, labelSelectorPath: text }),
    }),
    additionalPrinterColumns: list(printerColumn),
    selectableFields: list(map({ jsonPath: text })),
  });
}

const condition = map({
  type: text,
  status: text,
  lastTransitionTime: { type: 'string', format: 'date-time' },
  reason: text,
  message: text,
  observedGeneration: whole,
});

const conversion = map({
  strategy: text,
  webhook: map({ clientConfig: anyValue, conversionReviewVersions: list(text) }),
});

/** Structure of `apiextensions.k8s.io/v1` CustomResourceDefinition; schemas in it are taken as they are. */
export const definitionSchema: Schema = definitionWith({ type: 'object', preserveUnknownFields: true });

/** The same with the structure of schemas, which contains itself. */
export const definitionBodySchema: Schema = definitionWith(jsonSchemaProps);

function definitionWith(openAPIV3Schema: Schema): Schema {
  return {
    type: 'object',
    description: 'Defines a kind of custom resources.',
    properties: {
      apiVersion: text,
      kind: text,
      metadata: objectMetaSchema,
      spec: map({
        group: text,
        names,
        scope: text,
        versions: list(versionWith(openAPIV3Schema)),
        conversion,
        preserveUnknownFields: flag,
      }),
      status: map({
        conditions: { type: 'array', items: condition, listType: 'map', listMapKeys: ['type'] },
        acceptedNames: names,
        storedVersions: list(text),
        observedGeneration: whole,
      }),
    },
  };
}
