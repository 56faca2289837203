import { immortalNamespaces } from '../admission/namespace-lifecycle.ts';
import { bootstrapClusterRoleBindings, bootstrapClusterRoles } from '../auth/rbac/bootstrap.ts';
import { clusterRoleKind } from '../builtin/kinds/cluster-role.ts';
import { clusterRoleBindingKind } from '../builtin/kinds/cluster-role-binding.ts';
import { namespaceKind } from '../builtin/kinds/namespace.ts';
import { rootCluster } from '../http/request-info.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { collectionOf } from '../rest/address.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { Rest } from '../rest/rest.ts';
import type { StoredObject } from '../store/record.ts';

/**
 * Makes the namespaces, roles and bindings that a logical cluster starts with; what is there is left alone. Clusters beside
 * the root have the roles alone that everyone needs: there may be a thousand of them.
 */
export async function bootstrapCluster(rest: Rest, cluster: string): Promise<void> {
  const wanted = (objects: readonly StoredObject[]): readonly StoredObject[] =>
    cluster === rootCluster ? objects : objects.filter((object) => needed.has(metadataOf(object).name ?? ''));
  // One commit for all of them.
  await Promise.all([
    createMissing(rest, cluster, namespaceKind, immortalNamespaces.map(namespaceOf)),
    createMissing(rest, cluster, clusterRoleKind, wanted(roles)),
    createMissing(rest, cluster, clusterRoleBindingKind, wanted(bindings)),
  ]);
}

const roles = bootstrapClusterRoles();
const bindings = bootstrapClusterRoleBindings();
const needed = new Set(['cluster-admin', 'system:basic-user', 'system:discovery', 'system:public-info-viewer']);

function namespaceOf(name: string): StoredObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

async function createMissing(
  rest: Rest,
  cluster: string,
  resource: ResourceDefinition,
  objects: readonly StoredObject[],
): Promise<void> {
  const collection = collectionOf(resource, cluster);
  const missing = objects.filter((object) => !rest.store.get(collection, metadataOf(object).name ?? ''));
  const options = { manager: 'kube-apiserver', dryRun: false, subresource: '' };
  const where = { cluster, namespace: '' };
  await Promise.all(missing.map((object) => rest.create(resource, where, resource.decode(object), options)));
}
