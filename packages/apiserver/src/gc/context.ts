import { apiVersionOf, type ResourceDefinition } from '../resources/resource.ts';
import type { Rest } from '../rest/rest.ts';
import type { StoredRecord } from '../store/record.ts';

/** What the server's own controllers work on. */
export interface ControllerContext {
  readonly rest: Rest;
  /** What a logical cluster serves now. */
  resourcesOf(cluster: string): readonly ResourceDefinition[];
  now(): Date;
  /** A failure that no client is told of; the work is tried again. */
  report(error: unknown): void;
}

/** A controller follows the store from `start` on. */
export interface Controller {
  start(): void;
  stop(): void;
  /** Resolves when it has nothing to do. */
  settled(): Promise<void>;
}

/** Logical cluster, group and resource that a collection name is made of. */
export function partsOfCollection(collection: string): { cluster: string; group: string; resource: string } {
  const [cluster = '', group = '', resource = ''] = collection.split('/');
  return { cluster, group, resource };
}

/** Namespace and name that a key is made of. */
export function partsOfKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** The definition of a collection; undefined where it is no longer served. */
export function definitionOf(context: ControllerContext, collection: string): ResourceDefinition | undefined {
  const { cluster, group, resource } = partsOfCollection(collection);
  return context.resourcesOf(cluster).find((of) => of.group === group && of.resource === resource);
}

/** The definition of a kind, as owner references name it. */
export function definitionOfKind(
  context: ControllerContext,
  cluster: string,
  apiVersion: string,
  kind: string,
): ResourceDefinition | undefined {
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  const resources = context.resourcesOf(cluster);
  return (
    resources.find((of) => of.kind === kind && apiVersionOf(of) === apiVersion) ??
    resources.find((of) => of.kind === kind && of.group === group)
  );
}

/** Whether an object may have a field of this name; read from its bytes, so that the object need not be made from them. */
export function mayHave({ bytes }: StoredRecord, field: string): boolean {
  return bytes.includes(`"${field}":`);
}

/** Options of the server's own deletions. */
export const ownDeletion = { dryRun: false, propagation: 'Background' } as const;
