import type { SourceSpan } from '@pullpath/diagnostics';

/** Steps from the root of an object to a value in it: `['spec', 'imageTagMirrors', 1, 'source']`. */
export type Path = readonly (string | number)[];

export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** A resource as plain JSON data; what is inside is unknown until a schema has seen it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [key: string]: unknown;
}

/** Finds the place of a value in the text that it came from. Lazy: nothing is computed until asked. */
export interface SourceMap {
  readonly file: string;
  /** The value at `path`, or its nearest ancestor that exists. */
  span(path: Path): SourceSpan;
  /** The key of the value at `path`; for a list item the item itself. Falls back like `span`. */
  keySpan(path: Path): SourceSpan;
}

/** An object together with where it came from. `source` is absent for objects of a live API. */
export interface LocatedObject<T extends KubeObject = KubeObject> {
  readonly object: T;
  readonly source?: SourceMap | undefined;
  /** Set for a YAML document inside a string of another object, e.g. `data["itms.yaml"]` of a ConfigMap. */
  readonly embedded?: { readonly in: LocatedObject; readonly path: Path; readonly document: number } | undefined;
}

/** One field of one object: which line of which object a rule comes from. Kept from YAML to the explanation of a pull. */
export interface Origin {
  readonly of: LocatedObject;
  readonly path: Path;
}

/** An origin spelled out. `file`, `line` and `column` are null for objects of a live API. */
export interface OriginPlace {
  /** `ImageTagMirrorSet/rhel9`, or `ConfigMap/clusters/mirrors` for a namespaced object. */
  readonly object: string;
  readonly path: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export function describeOrigin(origin: Origin): OriginPlace {
  const at = originSpan(origin);
  return {
    object: objectName(origin.of.object),
    path: formatPath(origin.path),
    file: at?.file ?? null,
    line: at?.start.line ?? null,
    column: at?.start.column ?? null,
  };
}

export function originSpan(origin: Origin): SourceSpan | undefined {
  return origin.of.source?.span(origin.path);
}

/** The members of a `Diagnostic` that say where it stands. */
export function placeOf(origin: Origin): { at: SourceSpan | undefined; object: string; path: string } {
  return { at: originSpan(origin), object: objectName(origin.of.object), path: formatPath(origin.path) };
}

/** `Kind/name`, `Kind/namespace/name`, or `Kind` where it has no name. */
export function objectName(object: KubeObject): string {
  const { namespace, name } = object.metadata ?? {};
  return [object.kind, namespace, name].filter((part) => typeof part === 'string' && part !== '').join('/');
}

/** `spec.imageTagMirrors[1].source`; keys that are no identifiers are quoted: `data["itms.yaml"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => text + formatStep(step, text === ''), '');
}

function formatStep(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
  return first ? step : `.${step}`;
}

/** The value at `path` of plain data, or undefined. Own properties only, so `__proto__` finds nothing. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<string | number, unknown>)[step];
  }, data);
}
