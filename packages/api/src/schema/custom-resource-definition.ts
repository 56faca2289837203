import type { KindDefinition, PrinterColumn, Subresources } from '../kinds/kind.ts';
import { withoutGatedFields } from './feature-gates.ts';
import { toOpenApiV3 } from './openapi.ts';
import type { Schema } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

export interface CrdOptions {
  /** `Default` leaves out fields behind feature gates. */
  readonly featureSet?: 'Default' | 'CustomNoUpgrade';
}

/** The CustomResourceDefinition of a kind as plain data, ready to be written as YAML. */
export function toCustomResourceDefinition(definition: KindDefinition, options: CrdOptions = {}): Json {
  const { group, kind, plural, singular, scope } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        ...(definition.categories && { categories: definition.categories }),
        kind,
        listKind: `${kind}List`,
        plural,
        ...(definition.shortNames && { shortNames: definition.shortNames }),
        singular,
      },
      scope,
      versions: [versionOf(definition, options)],
    },
  };
}

function versionOf(definition: KindDefinition, { featureSet = 'Default' }: CrdOptions): Json {
  const { version, schema, printerColumns, subresources } = definition;
  const open = featureSet === 'Default' ? withoutGatedFields(schema) : schema;
  return {
    ...(printerColumns && { additionalPrinterColumns: printerColumns.map(columnOf) }),
    name: version,
    schema: { openAPIV3Schema: toOpenApiV3(withPlainMetadata(open)) },
    served: true,
    storage: true,
    ...(subresources && { subresources: subresourcesOf(subresources) }),
  };
}

/** A CRD may not describe metadata: the API server does. */
function withPlainMetadata(schema: Schema): Schema {
  const { properties = {} } = schema;
  return 'metadata' in properties ? { ...schema, properties: { ...properties, metadata: { type: 'object' } } } : schema;
}

function columnOf({ name, type, jsonPath, description }: PrinterColumn): Json {
  return { ...(description !== undefined && { description }), jsonPath, name, type };
}

function subresourcesOf({ status, scale }: Subresources): Json {
  return { ...(scale && { scale }), ...(status && { status: {} }) };
}
