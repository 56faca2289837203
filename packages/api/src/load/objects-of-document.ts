import type { Node } from 'yaml';
import type { KubeObject, LocatedObject } from './located.ts';
import { asImageMirror, installConfigKind, isInstallConfig, knownNonManifest } from './other-documents.ts';
import type { Problem } from './problem.ts';
import type { TextPlace } from './text-place.ts';
import { findNode, type YamlSource, yamlSourceMap } from './yaml/source-map.ts';

/** A document, or an item of a List: its data and the node that it comes from. */
export interface DocumentValue {
  readonly value: unknown;
  readonly root: Node;
  readonly aliases: YamlSource['aliases'];
}

interface Found {
  readonly objects: readonly LocatedObject[];
  readonly problems: readonly Problem[];
}

type JsonMap = Readonly<Record<string, unknown>>;

/** The objects of one document: itself, or the items of a List (apimachinery `UnstructuredList`), nested ones too. */
export function objectsOfDocument(document: DocumentValue, place: TextPlace): Found {
  const { value } = document;
  if (!isJsonMap(value)) return refused(notAMapping(document));
  if (isList(value)) return openList(document, value, place);
  if (isInstallConfig(value)) return located({ ...document, value: { kind: installConfigKind, ...value } }, place);
  const imageMirror = asImageMirror(value);
  if (imageMirror) return located({ ...document, value: imageMirror }, place);
  const other = knownNonManifest(value);
  if (other !== undefined) return refused(atTop(document, { code: 'object-not-a-manifest', ...other }));
  return located(document, place);
}

function located(document: DocumentValue, place: TextPlace): Found {
  const source: YamlSource = { place, root: document.root, aliases: document.aliases };
  const value = document.value as JsonMap;
  const problems = [...typeFaults(document, value, source), ...metadataFaults(document, value, source)];
  if (typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string') return { objects: [], problems };
  if (value['kind'] === '' || value['apiVersion'] === '') return { objects: [], problems };
  return { objects: [{ object: withMetadata(value), source: yamlSourceMap(source) }], problems };
}

function typeFaults(document: DocumentValue, value: JsonMap, source: YamlSource): Problem[] {
  const fields = ['apiVersion', 'kind'].filter((field) => typeof value[field] !== 'string' || value[field] === '');
  const wrong = fields.filter((field) => (value[field] ?? null) !== null);
  const missing = fields.filter((field) => !wrong.includes(field));
  const problems = wrong.map((field): Problem => {
    const message = `${field} must be a string`;
    return {
      code: 'object-kind-missing',
      ...nodeExtent(source, field, document.root),
      message,
      hint: 'quote the value',
    };
  });
  if (missing.length === 0) return problems;
  const message = `the document has no ${missing.join(' and no ')}, so it is no Kubernetes object`;
  return [...problems, atTop(document, { code: 'object-kind-missing', message })];
}

function metadataFaults(document: DocumentValue, value: JsonMap, source: YamlSource): Problem[] {
  const metadata = value['metadata'];
  if (metadata === undefined || metadata === null || isJsonMap(metadata)) return [];
  const extent = nodeExtent(source, 'metadata', document.root);
  return [{ code: 'object-metadata-invalid', ...extent, message: 'metadata must be a mapping' }];
}

/** Later readers may rely on `metadata` being a mapping. */
function withMetadata(value: JsonMap): KubeObject {
  return (isJsonMap(value['metadata']) ? value : { ...value, metadata: {} }) as KubeObject;
}

function isList(value: JsonMap): boolean {
  return typeof value['kind'] === 'string' && value['kind'].endsWith('List') && Object.hasOwn(value, 'items');
}

function openList(document: DocumentValue, list: JsonMap, place: TextPlace): Found {
  const source: YamlSource = { place, root: document.root, aliases: document.aliases };
  const items = list['items'] ?? [];
  if (!Array.isArray(items)) {
    const extent = nodeExtent(source, 'items', document.root);
    return refused({ code: 'list-items-invalid', ...extent, message: 'the items of a List must be a list' });
  }
  const found = items.map((item: unknown, index) => {
    const root = findNode(source, ['items', index])?.node ?? document.root;
    return objectsOfDocument({ ...document, value: typedItem(item, list), root }, place);
  });
  return { objects: found.flatMap(({ objects }) => objects), problems: found.flatMap(({ problems }) => problems) };
}

/** An item without a kind takes that of its list, `FooList` giving `Foo`, and the apiVersion (apimachinery `decodeToList`). */
function typedItem(item: unknown, list: JsonMap): unknown {
  const kind = String(list['kind']).slice(0, -'List'.length);
  if (!isJsonMap(item) || kind === '' || (item['kind'] ?? '') !== '') return item;
  return { ...item, apiVersion: list['apiVersion'], kind };
}

function notAMapping(document: DocumentValue): Problem {
  const other = knownNonManifest(document.value);
  if (other !== undefined) return atTop(document, { code: 'object-not-a-manifest', ...other });
  const what = Array.isArray(document.value) ? 'a list' : 'a single value';
  const message = `a manifest is a mapping with apiVersion and kind, this document is ${what}`;
  return atTop(document, { code: 'object-not-a-mapping', message });
}

/** At the first character of the document: a fault of the whole must not underline all of it. */
function atTop({ root }: DocumentValue, problem: Omit<Problem, 'start' | 'end'>): Problem {
  const start = root.range?.[0] ?? 0;
  return { ...problem, start, end: start + 1 };
}

function nodeExtent(source: YamlSource, field: string, root: Node): { start: number; end: number } {
  const [start, end] = findNode(source, [field])?.node?.range ?? root.range ?? [0, 0];
  return { start, end };
}

function refused(problem: Problem): Found {
  return { objects: [], problems: [problem] };
}

function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
