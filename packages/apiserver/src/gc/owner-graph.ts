import { metadataOf, type OwnerReference } from '../rest/metadata.ts';
import type { StoredRecord } from '../store/record.ts';

/** Where an object is in the store. */
export interface Place {
  readonly collection: string;
  readonly key: string;
}

/** Which objects name which owners, by uid. Only objects with owners take room. */
export class OwnerGraph {
  readonly #dependents = new Map<string, Map<string, Place>>();
  readonly #owners = new Map<string, readonly string[]>();

  /** Notes the owners of an object as it is now. */
  set(place: Place, record: StoredRecord): void {
    this.delete(place);
    const owners = (metadataOf(record.object).ownerReferences ?? []).map(({ uid }) => uid);
    if (owners.length === 0) return;
    const id = idOf(place);
    this.#owners.set(id, owners);
    for (const uid of owners) {
      const dependents = this.#dependents.get(uid) ?? new Map<string, Place>();
      this.#dependents.set(uid, dependents.set(id, place));
    }
  }

  delete(place: Place): void {
    const id = idOf(place);
    for (const uid of this.#owners.get(id) ?? []) {
      const dependents = this.#dependents.get(uid);
      dependents?.delete(id);
      if (dependents?.size === 0) this.#dependents.delete(uid);
    }
    this.#owners.delete(id);
  }

  /** Objects that name this owner, in the order in which they came. */
  dependentsOf(uid: string): readonly Place[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }
}

/** A place as one text. */
export function idOf({ collection, key }: Place): string {
  return `${collection} ${key}`;
}

/** The place that `idOf` made the text of: neither part has a space. */
export function placeOf(id: string): Place {
  const space = id.indexOf(' ');
  return { collection: id.slice(0, space), key: id.slice(space + 1) };
}

/** Whether a reference keeps its owner from going in a foreground deletion. */
export function blocks({ blockOwnerDeletion }: OwnerReference): boolean {
  return blockOwnerDeletion === true;
}
