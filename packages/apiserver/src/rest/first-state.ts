import { randomUUID } from 'node:crypto';
import type { ResourceDefinition } from '../resources/resource.ts';
import type { StoredObject } from '../store/record.ts';
import type { Address } from './address.ts';
import { identityOf, ordered } from './identity.ts';
import { timestamp, withMetadata } from './metadata.ts';
import { checkName, refuse } from './refusals.ts';
import type { RestHooks } from './write.ts';

/** The state in which an object begins. Throws `ApiError` for what may not be. */
export function firstState(
  resource: ResourceDefinition,
  address: Address,
  input: StoredObject,
  hooks: RestHooks,
): StoredObject {
  checkName(address, input);
  const object = withMetadata(resource.strategy.prepareCreate(input), {
    ...identityOf(resource, address),
    uid: hooks.uid?.() ?? randomUUID(),
    creationTimestamp: timestamp(hooks.now()),
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    selfLink: undefined,
  });
  refuse(resource, address.name, resource.strategy.validateCreate(object));
  return ordered(resource, object);
}
