import type { Column, ResourceDefinition, ScalePaths, Strategy } from '../resources/resource.ts';
import { withMetadata } from '../rest/metadata.ts';
import { dnsSubdomainFaults, type NameCheck } from '../rest/name-grammar.ts';
import { objectMetaFaults, objectMetaUpdateFaults, plainFinalizerFaults } from '../rest/object-meta.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject } from '../store/record.ts';
import { decodeTyped } from './decode-typed.ts';
import { schemaOfKind } from './schema-of-message.ts';

/** What is particular to a built-in kind; the rest follows from its message. */
export interface BuiltinKind {
  readonly group: string;
  readonly version?: string;
  readonly kind: string;
  /** Plural. */
  readonly resource: string;
  /** Its entry in the tables of messages. */
  readonly message: string;
  readonly description: string;
  readonly namespaced: boolean;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly columns: readonly Column[];
  readonly rowConditions?: (object: StoredObject) => readonly StoredObject[];
  readonly statusSubresource?: boolean;
  readonly scale?: ScalePaths;
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly generation?: boolean;
  readonly nameFaults?: NameCheck;
  /** Finalizers need no domain, although those of the group do. */
  readonly plainFinalizers?: boolean;
  /** Fills in what the author left out. */
  readonly defaults?: (object: StoredObject) => StoredObject;
  /** What a new object starts with, such as its status. */
  readonly prepareCreate?: (object: StoredObject) => StoredObject;
  /** Where an update keeps more of the old object than its status. */
  readonly prepareUpdate?: (object: StoredObject, old: StoredObject) => StoredObject;
  /** Faults of any state. */
  readonly faults?: (object: StoredObject) => readonly FieldFault[];
  /** Whether faults of a change come before those of the state, as the real server happens to order them. */
  readonly updateFirst?: boolean;
  /** Faults of a change. */
  readonly updateFaults?: (object: StoredObject, old: StoredObject) => readonly FieldFault[];
  readonly strategy?: Partial<Strategy>;
}

/** The definition of a built-in kind as the server serves it. */
export function defineBuiltin(of: BuiltinKind): ResourceDefinition {
  const version = of.version ?? 'v1';
  const typed = { version, kind: of.kind, message: of.message };
  const decode = (body: StoredObject): StoredObject => {
    const object = decodeTyped(typed, body);
    // A second pass gives what the defaults added its canonical form.
    return of.defaults ? decodeTyped(typed, of.defaults(object)) : object;
  };
  return {
    group: of.group,
    version,
    kind: of.kind,
    resource: of.resource,
    singular: of.kind.toLowerCase(),
    listKind: `${of.kind}List`,
    namespaced: of.namespaced,
    shortNames: of.shortNames ?? [],
    categories: of.categories ?? [],
    columns: of.columns,
    rowConditions: of.rowConditions,
    statusSubresource: of.statusSubresource ?? false,
    scale: of.scale,
    strategicMerge: true,
    strategy: strategyOf(of, decode),
    decode,
    get schema() {
      return schemaOfKind(of.message, of.description);
    },
  };
}

function strategyOf(of: BuiltinKind, decode: (body: StoredObject) => StoredObject): Strategy {
  const faults = of.faults ?? (() => []);
  const updateFaults = of.updateFaults ?? (() => []);
  return {
    prepareCreate: (object) =>
      decode(numbered(of, of.prepareCreate?.(withoutStatus(of, object)) ?? withoutStatus(of, object))),
    prepareUpdate: (object, old) =>
      decode(of.prepareUpdate?.(keepStatus(of, object, old), old) ?? keepStatus(of, object, old)),
    validateCreate: (object) => [
      ...objectMetaFaults(object, of.nameFaults ?? dnsSubdomainFaults),
      ...(qualifyFinalizers.has(of.group) && !of.plainFinalizers ? plainFinalizerFaults(object) : []),
      ...faults(object),
    ],
    // A subresource with a rule of its own changes what an update may not.
    validateUpdate(object, old, subresource) {
      const change = of.strategy?.subresources?.[subresource] ? [] : updateFaults(object, old);
      const state = faults(object);
      return [...objectMetaUpdateFaults(object), ...(of.updateFirst ? [...change, ...state] : [...state, ...change])];
    },
    ...of.strategy,
  };
}

/** Groups whose kinds want finalizers with a domain. */
const qualifyFinalizers: ReadonlySet<string> = new Set(['', 'apps', 'rbac.authorization.k8s.io']);

// A kind that does not count keeps whatever number its author gave.
function numbered({ generation }: BuiltinKind, object: StoredObject): StoredObject {
  return generation ? withMetadata(object, { generation: 1 }) : object;
}

function withoutStatus({ statusSubresource }: BuiltinKind, object: StoredObject): StoredObject {
  if (!statusSubresource) return object;
  const { status: _status, ...rest } = object;
  return rest;
}

function keepStatus({ statusSubresource }: BuiltinKind, object: StoredObject, old: StoredObject): StoredObject {
  return statusSubresource
    ? { ...withoutStatus({ statusSubresource } as BuiltinKind, object), status: old['status'] }
    : object;
}
