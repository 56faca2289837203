import type { SchemaResponse } from '../wire/messages.ts';
import type { WireAttribute, WireSchema } from '../wire/schema-messages.ts';
import type { Provider } from './resource.ts';
import { type Attribute, type Attributes, attributeType, isComputed, isNested, type Schema } from './schema.ts';

/** The answer of GetProviderSchema. Protocol 5 has no nested attributes: there they are values of object types. */
export function schemaResponseOf<C>(provider: Provider<C>, protocol: 5 | 6): SchemaResponse {
  const wireOf = ({ schema }: { schema: Schema }) => wireSchema(schema, protocol);
  const wireMap = (kinds: Readonly<Record<string, { schema: Schema }>>) =>
    new Map(Object.entries(kinds).map(([name, kind]) => [name, wireOf(kind)]));
  return {
    provider: wireOf(provider),
    resourceSchemas: wireMap(provider.resources),
    dataSourceSchemas: wireMap(provider.dataSources),
    diagnostics: [],
    serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true },
  };
}

function wireSchema({ version, description, attributes }: Schema, protocol: 5 | 6): WireSchema {
  return { version, block: { attributes: wireAttributes(attributes, protocol), description } };
}

// Core orders attributes by name.
function wireAttributes(attributes: Attributes, protocol: 5 | 6): WireAttribute[] {
  const sorted = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, attribute]) => wireAttribute(name, attribute, protocol));
}

function wireAttribute(name: string, attribute: Attribute, protocol: 5 | 6): WireAttribute {
  const { description, mode, type, sensitive = false } = attribute;
  const nested = isNested(type) && protocol === 6 ? type : undefined;
  return {
    name,
    type: nested ? new Uint8Array() : Buffer.from(JSON.stringify(attributeType(type))),
    description,
    required: mode === 'required',
    optional: mode === 'optional' || mode === 'optional-computed',
    computed: isComputed(attribute),
    sensitive,
    deprecated: false,
    nestedType: nested && {
      attributes: wireAttributes(nested.attributes, protocol),
      nesting: nestingCodes[nested.nesting],
    },
  };
}

const nestingCodes = { single: 1, list: 2, map: 4 } as const;
