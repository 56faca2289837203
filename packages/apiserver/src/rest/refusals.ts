import type { ResourceDefinition } from '../resources/resource.ts';
import { badRequest, conflict, type FieldFault, invalid, objectModified } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import type { Address } from './address.ts';
import { metadataOf } from './metadata.ts';

/** The name and namespace of a body must be those of its URL. */
export function checkName({ namespace, name }: Address, object: StoredObject): void {
  const metadata = metadataOf(object);
  if (metadata.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  // What is in no namespace may name one all the same; it is dropped.
  if (namespace !== '' && metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

/** A body with a resourceVersion is for that version of the object alone. */
export function checkVersion(
  resource: ResourceDefinition,
  name: string,
  current: StoredRecord,
  input: StoredObject,
): void {
  const { resourceVersion } = metadataOf(input);
  const live = metadataOf(current.object);
  if (resourceVersion && resourceVersion !== live.resourceVersion) throw conflict(resource, name, objectModified);
}

/** Preconditions of a deletion. The real server names the kind here, not the resource. */
export function checkPreconditions(
  { group, kind }: ResourceDefinition,
  name: string,
  current: StoredRecord,
  { uid, resourceVersion }: { uid?: string | undefined; resourceVersion?: string | undefined },
): void {
  const live = metadataOf(current.object);
  const refuse = (why: string): Error => conflict({ group, resource: kind }, name, why);
  if (uid && uid !== live.uid) {
    throw refuse(
      `the UID in the precondition (${uid}) does not match the UID in record (${live.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== live.resourceVersion) {
    throw refuse(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${live.resourceVersion}). The object might have been modified`,
    );
  }
}

/** Throws for faults, if there are any. A kind that is another's view is judged, and named, as that one. */
export function refuse({ group, kind, alias }: ResourceDefinition, name: string, faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw invalid({ group: alias?.group ?? group, kind }, name, faults);
}
