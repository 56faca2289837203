import { applyDefaults, prune, type Schema } from '@pullpath/api';
import type { ResourceDefinition, ScalePaths, Strategy } from '../resources/resource.ts';
import { apiVersionOf } from '../resources/resource.ts';
import { jsonEqual } from '../rest/equal.ts';
import { metadataOf, withMetadata } from '../rest/metadata.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import { finalizerWarnings } from './finalizer-warnings.ts';
import { compileJsonPath } from './json-path.ts';
import { hasJunctors } from './junctors.ts';
import { objectMetaSchema, withTypedMetadata } from './object-meta-schema.ts';
import { type PrinterColumn, printerColumns } from './printer-column.ts';
import { hasRules, isMap, listIn, mapIn, type SchemaProps, schemaOf, textIn } from './schema.ts';
import { customResourceFaults, type Judge } from './validate-custom-resource.ts';

/** The served versions of a CustomResourceDefinition that is known to be valid, the preferred version first. */
export function customResources(crd: StoredObject): ResourceDefinition[] {
  const spec = mapIn(crd, 'spec') ?? {};
  const versions = listIn(spec, 'versions').filter(isMap);
  const served = versions.filter((version) => version['served'] === true);
  const terminating = metadataOf(crd).deletionTimestamp !== undefined;
  const resources = served.map((version) => ({ ...customResource(spec, version), terminating }));
  return resources.sort((a, b) => compareVersions(a.version, b.version));
}

function customResource(spec: SchemaProps, version: SchemaProps): ResourceDefinition {
  const names = mapIn(spec, 'names') ?? {};
  const subresources = mapIn(version, 'subresources') ?? {};
  const openApi = mapIn(mapIn(version, 'schema') ?? {}, 'openAPIV3Schema') ?? {};
  const statusSubresource = mapIn(subresources, 'status') !== undefined;
  const scale = scaleOf(mapIn(subresources, 'scale'));
  const schema = withTypeAndMetadata(schemaOf(openApi));
  const identity = { group: textIn(spec, 'group'), version: textIn(version, 'name'), kind: textIn(names, 'kind') };
  return {
    ...identity,
    resource: textIn(names, 'plural'),
    singular: textIn(names, 'singular'),
    listKind: textIn(names, 'listKind'),
    namespaced: spec['scope'] === 'Namespaced',
    shortNames: listIn(names, 'shortNames') as string[],
    categories: listIn(names, 'categories') as string[],
    columns: printerColumns(listIn(version, 'additionalPrinterColumns') as PrinterColumn[]),
    strategy: strategyOf(
      { schema, rules: hasRules(schema), scale, junctors: hasJunctors(openApi) ? openApi : undefined },
      statusSubresource,
      selectableOf(listIn(version, 'selectableFields')),
    ),
    statusSubresource,
    scale,
    schema,
    strategicMerge: false,
    decode: (body) => applyDefaults(schema, prune(schema, withTypedMetadata(identity, body))) as StoredObject,
    openApi,
    deprecation: deprecationOf(version, identity, listIn(spec, 'versions').filter(isMap)),
    read: reader(schema, apiVersionOf(identity)),
  };
}

function deprecationOf(
  version: SchemaProps,
  { group, version: name, kind }: { group: string; version: string; kind: string },
  all: readonly SchemaProps[],
): string | undefined {
  if (version['deprecated'] !== true) return undefined;
  const better = all
    .filter((other) => other['served'] === true && other['deprecated'] !== true)
    .map((other) => textIn(other, 'name'))
    .filter((other) => compareVersions(other, name) < 0)
    .sort(compareVersions);
  const use = better[0] === undefined ? '' : `; use ${group}/${better[0]} ${kind}`;
  return textIn(version, 'deprecationWarning') || `${group}/${name} ${kind} is deprecated${use}`;
}

function scaleOf(scale: SchemaProps | undefined): ScalePaths | undefined {
  if (!scale) return undefined;
  return {
    specReplicas: textIn(scale, 'specReplicasPath'),
    statusReplicas: textIn(scale, 'statusReplicasPath'),
    labelSelector: textIn(scale, 'labelSelectorPath') || undefined,
  };
}

/** A definition may leave out what every object has. */
function withTypeAndMetadata(schema: Schema): Schema {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...properties } = schema.properties ?? {};
  const text: Schema = { type: 'string' };
  return { ...schema, properties: { apiVersion: text, kind: text, metadata: objectMetaSchema, ...properties } };
}

function selectableOf(fields: readonly unknown[]): NonNullable<Strategy['selectableFields']> {
  const readers = fields.filter(isMap).map((field) => {
    const path = textIn(field, 'jsonPath');
    const find = compileJsonPath(path);
    const read = (object: StoredObject): string => scalarText(find(object)[0]);
    return [path.replace(/^\./, ''), read] as const;
  });
  return Object.fromEntries(readers);
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
}

function strategyOf(
  judge: Judge,
  statusSubresource: boolean,
  selectableFields: NonNullable<Strategy['selectableFields']>,
): Strategy {
  return {
    prepareCreate: (object) => withMetadata(statusSubresource ? withoutStatus(object) : object, { generation: 1 }),
    prepareUpdate: (object, old) => (statusSubresource ? withStatusOf(object, old) : object),
    validateCreate: (object) => customResourceFaults(judge, object, undefined),
    validateUpdate: (object, old, subresource) => customResourceFaults(judge, object, old, subresource),
    warnings: finalizerWarnings,
    needsResourceVersion: true,
    selectableFields,
  };
}

function withoutStatus({ status: _status, ...object }: StoredObject): StoredObject {
  return object;
}

function withStatusOf(object: StoredObject, old: StoredObject): StoredObject {
  return old['status'] === undefined ? withoutStatus(object) : { ...object, status: old['status'] };
}

/** Objects written under an earlier definition keep what this one declares, and get its defaults and version; each is worked out once. */
function reader(schema: Schema, apiVersion: string): (record: StoredRecord) => StoredRecord {
  const views = new WeakMap<StoredRecord, StoredRecord>();
  return (record) => {
    const view = views.get(record) ?? viewOf(record, schema, apiVersion);
    views.set(record, view);
    return view;
  };
}

function viewOf(record: StoredRecord, schema: Schema, apiVersion: string): StoredRecord {
  const object = { ...(applyDefaults(schema, prune(schema, record.object)) as StoredObject), apiVersion };
  if (jsonEqual(object, record.object)) return record;
  return { ...record, object, bytes: Buffer.from(JSON.stringify(object)) };
}

/** Orders versions as discovery prefers them: `v2`, `v1`, `v1beta2`, `v1alpha1`, others by name. Source: apimachinery `version.CompareKubeAwareVersionStrings`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionParts(a), versionParts(b)];
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return right.stability - left.stability || right.major - left.major || right.minor - left.minor;
}

const stabilities: Readonly<Record<string, number>> = { alpha: 0, beta: 1, '': 2 };

function versionParts(version: string): { major: number; minor: number; stability: number } | undefined {
  const match = /^v(\d{1,9})(?:(alpha|beta)(\d{1,9}))?$/.exec(version);
  if (!match) return undefined;
  const [, major, stability = '', minor = '0'] = match;
  return { major: Number(major), minor: Number(minor), stability: stabilities[stability] ?? 0 };
}
