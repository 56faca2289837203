import type { ControllerContext } from '../manager/context.ts';
import { adminKubeconfigs } from '../manager/guests.ts';
import { type OwnedObjects, ownedObjects } from '../manager/owned-objects.ts';
import { configMaps, namespaces, tagMirrorSets } from '../resources.ts';
import { hostedClusters, hostedControlPlanes, nodePools, operatorSecrets } from './resources.ts';

/** The objects of the management API that HyperShift's controllers read and write. */
export interface ManagementViews {
  readonly hostedClusters: OwnedObjects;
  readonly controlPlanes: OwnedObjects;
  readonly nodePools: OwnedObjects;
  readonly configMaps: OwnedObjects;
  readonly namespaces: OwnedObjects;
  readonly secrets: OwnedObjects;
  readonly tagMirrorSets: OwnedObjects;
  readonly adminKubeconfigs: OwnedObjects;
}

export function managementViews({ management }: ControllerContext): ManagementViews {
  return {
    hostedClusters: ownedObjects(management, hostedClusters),
    controlPlanes: ownedObjects(management, hostedControlPlanes),
    nodePools: ownedObjects(management, nodePools),
    configMaps: ownedObjects(management, configMaps),
    namespaces: ownedObjects(management, namespaces),
    secrets: ownedObjects(management, operatorSecrets),
    tagMirrorSets: ownedObjects(management, tagMirrorSets),
    adminKubeconfigs: ownedObjects(management, adminKubeconfigs),
  };
}
