import { collectionPath, objectPath, type Place, type Resource } from '../objects/resource.ts';
import type { CallOptions, Sender } from './sender.ts';

/** Objects as the server shows them to people (`meta.k8s.io/v1` Table). */
export interface KubeTable {
  /** Columns with priority 0 are for every screen, others for wide ones. */
  readonly columnDefinitions: readonly { readonly name: string; readonly priority?: number }[];
  readonly rows: readonly { readonly cells: readonly unknown[] }[];
}

/** The table of a collection, or of one object where the place has a name. */
export async function getTable(
  sender: Sender,
  resource: Resource,
  place: Place,
  options: CallOptions,
): Promise<KubeTable> {
  const verb = place.name === undefined ? 'list' : 'get';
  const path = place.name === undefined ? collectionPath(resource, place.namespace) : objectPath(resource, place);
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const table = await sender.json({ verb, resource: resource.plural, method: 'GET', path, accept }, options);
  return { columnDefinitions: [], rows: [], ...(table as Partial<KubeTable>) };
}
