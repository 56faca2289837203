import { decodeTyped } from '../../builtin/decode-typed.ts';
import { mapAt, textAt, textsAt, valueAt } from '../../builtin/read.ts';
import { schemaOfKind } from '../../builtin/schema-of-message.ts';
import type { Endpoint, EndpointCall } from '../../resources/endpoint.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { Rest } from '../../rest/rest.ts';
import type { DeleteOptions } from '../../rest/write.ts';
import { badRequest } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { evict } from './evict.ts';

const message = 'policy.Eviction';
const kind = { group: 'policy', version: 'v1', kind: 'Eviction' };

/** `pods/eviction`. */
export function evictionEndpoint(rest: () => Rest, now: () => Date): Endpoint {
  return {
    group: '',
    version: 'v1',
    resource: 'pods',
    subresource: 'eviction',
    namespaced: true,
    singular: '',
    verbs: ['create'],
    kind,
    schema: schemaOfKind(message, 'A wish to end a pod that its disruption budget must allow.'),
    async handle(call) {
      const eviction = decodeTyped({ ...kind, message }, call.object ?? {});
      checkNamespace(eviction, call);
      if (metadataOf(eviction).name !== call.name)
        throw badRequest('name in URL does not match name in Eviction object');
      const { cluster, namespace, name, user } = call;
      await evict(rest(), {
        address: { cluster, namespace, name },
        options: optionsOf(eviction, call),
        now: now(),
        user,
      });
      return { status: 201, object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
    },
  };
}

function checkNamespace(eviction: StoredObject, { namespace }: EndpointCall): void {
  const given = metadataOf(eviction).namespace ?? namespace;
  if (given === namespace) return;
  throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
}

function optionsOf(eviction: Readonly<Record<string, unknown>>, { dryRun, user }: EndpointCall): DeleteOptions {
  const options = mapAt(eviction, 'deleteOptions');
  const propagation = textAt(options, 'propagationPolicy');
  return {
    dryRun: dryRun || textsAt(options, 'dryRun').includes('All'),
    propagation: propagation === 'Foreground' || propagation === 'Orphan' ? propagation : 'Background',
    uid: textAt(options, 'preconditions', 'uid') || undefined,
    resourceVersion: textAt(options, 'preconditions', 'resourceVersion') || undefined,
    gracePeriodSeconds: valueAt(options, 'gracePeriodSeconds') as number | undefined,
    user,
  };
}
