import { immortalNamespaces } from '../admission/namespace-lifecycle.ts';
import { bootstrapClusterRoleBindings, bootstrapClusterRoles } from '../auth/rbac/bootstrap.ts';
import { clusterRoleKind } from '../builtin/kinds/cluster-role.ts';
import { clusterRoleBindingKind } from '../builtin/kinds/cluster-role-binding.ts';
import { namespaceKind } from '../builtin/kinds/namespace.ts';
import type { ResourceDefinition } from '../resources/resource.ts';
import { metadataOf } from '../rest/metadata.ts';
import type { Rest } from '../rest/rest.ts';
import type { StoredObject } from '../store/record.ts';

/** Makes what every logical cluster starts with, where it is missing: namespaces, roles and bindings. What was changed stays. */
export async function installBootstrapObjects(rest: Rest, cluster: string): Promise<void> {
  await Promise.all(bootstrapObjects().map(([resource, object]) => installMissing(rest, cluster, resource, object)));
}

type Bootstrap = readonly (readonly [ResourceDefinition, StoredObject])[];

function bootstrapObjects(): Bootstrap {
  const namespaces = immortalNamespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  return [
    ...namespaces.map((object) => [namespaceKind, object] as const),
    ...bootstrapClusterRoles().map((object) => [clusterRoleKind, object] as const),
    ...bootstrapClusterRoleBindings().map((object) => [clusterRoleBindingKind, object] as const),
  ];
}

async function installMissing(
  rest: Rest,
  cluster: string,
  resource: ResourceDefinition,
  object: StoredObject,
): Promise<void> {
  const address = { cluster, namespace: '', name: metadataOf(object).name ?? '' };
  const options = { manager: 'kube-apiserver', dryRun: false, subresource: '' };
  await rest.mutate(resource, address, options, (old) => ({ object: old ?? object, tracked: false }));
}
