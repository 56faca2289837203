import { isCustom } from '../resources/catalog.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { invalidValue } from '../status/field-faults.ts';
import type { FieldFault } from '../status/status.ts';
import type { StoredObject, StoredRecord } from '../store/record.ts';
import type { Address } from './address.ts';
import { jsonEqual } from './equal.ts';
import { identityOf, ordered } from './identity.ts';
import { metadataOf, withMetadata } from './metadata.ts';
import { objectMetaUpdateFaults } from './object-meta.ts';
import { checkName, checkVersion, refuse } from './refusals.ts';
import type { WriteOptions } from './write.ts';

/** The state that an update gives an object: what the client may not set is that of the old one. Throws `ApiError`. */
export function nextState(
  resource: ResourceDefinition,
  address: Address,
  current: StoredRecord,
  input: StoredObject,
  options: WriteOptions,
): StoredObject {
  checkName(address, input);
  checkVersion(resource, address.name, current, input);
  const old = current.object;
  const chosen = chosenPart(resource, options.subresource, input, old);
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, resourceVersion, generation } =
    metadataOf(old);
  const carried = withMetadata(chosen, {
    ...identityOf(resource, address),
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    resourceVersion,
    generation,
  });
  // A subresource with a rule of its own, such as the binding of a pod, is no change of mind about the spec.
  const isSpecial = resource.strategy.subresources?.[options.subresource] !== undefined;
  const next = ordered(resource, isSpecial ? carried : bumpGeneration(resource, old, carried));
  const own = [...finalizerFaults(old, next), ...immutableFaults(old, input)];
  // The real server judges metadata before the kind does, and with it: these are told twice.
  refuse(resource, address.name, [
    ...own,
    ...objectMetaUpdateFaults(next),
    ...own,
    ...resource.strategy.validateUpdate(next, old, options.subresource),
  ]);
  return next;
}

function chosenPart(
  { strategy }: ResourceDefinition,
  subresource: string,
  input: StoredObject,
  old: StoredObject,
): StoredObject {
  const special = strategy.subresources?.[subresource];
  if (special) return special(input, old);
  return subresource === 'status' ? onlyStatus(old, input) : strategy.prepareUpdate(input, old);
}

function onlyStatus(old: StoredObject, input: StoredObject): StoredObject {
  const { status: _old, ...rest } = old;
  const managedFields = metadataOf(input).managedFields;
  const kept = managedFields === undefined ? rest : withMetadata(rest, { managedFields });
  return input['status'] === undefined ? kept : { ...kept, status: input['status'] };
}

/** Anything outside metadata and status is the spec, as far as `generation` goes; so is the status where it is no subresource. */
function bumpGeneration(resource: ResourceDefinition, old: StoredObject, next: StoredObject): StoredObject {
  const generation = metadataOf(old).generation;
  const statusCounts = isCustom(resource) && !resource.statusSubresource;
  const same = jsonEqual(specOf(old), specOf(next)) && (!statusCounts || jsonEqual(old['status'], next['status']));
  if (generation === undefined || same) return next;
  return withMetadata(next, { generation: generation + 1 });
}

function specOf({
  apiVersion: _version,
  kind: _kind,
  metadata: _metadata,
  status: _status,
  ...spec
}: StoredObject): StoredObject {
  return spec;
}

function finalizerFaults(old: StoredObject, next: StoredObject) {
  const { deletionTimestamp, finalizers: before = [] } = metadataOf(old);
  const added = (metadataOf(next).finalizers ?? []).filter((name) => !before.includes(name));
  if (!deletionTimestamp || added.length === 0) return [];
  const list = added.map((name) => JSON.stringify(name)).join(', ');
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  return [{ reason: 'FieldValueForbidden', message, field: 'metadata.finalizers' }];
}

/** An object stays the one it is; other things that the server sets are taken from the old object, whatever a client sends. */
function immutableFaults(old: StoredObject, input: StoredObject): FieldFault[] {
  const [before, given] = [metadataOf(old), metadataOf(input)];
  return (['uid', 'deletionTimestamp'] as const).flatMap((key) => {
    const value = given[key];
    return !value || value === before[key] ? [] : [invalidValue(`metadata.${key}`, value, 'field is immutable')];
  });
}
