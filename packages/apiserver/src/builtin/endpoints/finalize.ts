import type { Endpoint } from '../../resources/endpoint.ts';
import type { Rest } from '../../rest/rest.ts';
import { notFound } from '../../status/status.ts';
import { namespaceKind } from '../kinds/namespace.ts';

/** `namespaces/finalize`: replaces `spec.finalizers`; the last one gone, the namespace goes. */
export function finalizeEndpoint(rest: () => Rest): Endpoint {
  return {
    group: '',
    version: 'v1',
    resource: 'namespaces',
    subresource: 'finalize',
    namespaced: false,
    singular: '',
    verbs: ['update'],
    kind: { group: '', version: 'v1', kind: 'Namespace' },
    schema: namespaceKind.schema,
    async handle({ cluster, name, manager, dryRun, user, object = {} }) {
      const options = { manager, dryRun, subresource: 'finalize', user };
      const written = await rest().mutate(namespaceKind, { cluster, namespace: '', name }, options, (old) => {
        if (!old) throw notFound(namespaceKind, name);
        return { object: namespaceKind.decode(object), tracked: false };
      });
      return { status: 200, object: written };
    },
  };
}
