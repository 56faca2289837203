import { textAt } from '../builtin/read.ts';
import type { ClusterReader } from '../rest/cluster-reader.ts';
import type { Attributes } from '../rest/write.ts';
import { forbidden, notFound } from '../status/status.ts';

const namespaces = { group: '', resource: 'namespaces' };

/** Namespaces that every logical cluster has, for good. */
export const immortalNamespaces: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const undeletable: ReadonlySet<string> = new Set(['default', 'kube-public', 'kube-system']);

/** Nothing is made in a namespace that is missing or going, and some namespaces stay. Throws `ApiError` 403 or 404. */
export function checkNamespace(reader: ClusterReader, { operation, resource, address, object }: Attributes): void {
  if (resource.group === '' && resource.resource === 'namespaces') {
    const isRefused = operation === 'DELETE' && undeletable.has(address.name);
    if (isRefused) throw forbidden(resource, address.name, 'this namespace may not be deleted');
    return;
  }
  const { namespace, name } = address;
  if (namespace === '' || operation !== 'CREATE' || !object) return;
  const found = reader.get(namespaces, '', namespace);
  if (!found) throw notFound(namespaces, namespace);
  if (textAt(found, 'status', 'phase') !== 'Terminating') return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden(resource, name, why, [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]);
}
