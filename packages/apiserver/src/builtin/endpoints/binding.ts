import type { Endpoint } from '../../resources/endpoint.ts';
import { metadataOf } from '../../rest/metadata.ts';
import type { Rest } from '../../rest/rest.ts';
import { badRequest, conflict, type FieldFault, invalid, notFound } from '../../status/status.ts';
import type { StoredObject } from '../../store/record.ts';
import { decodeTyped } from '../decode-typed.ts';
import { podKind } from '../kinds/pod.ts';
import { textAt } from '../read.ts';
import { schemaOfKind } from '../schema-of-message.ts';
import { notSupported, required } from '../validation/faults.ts';

const message = 'core.Binding';
const kind = { group: '', version: 'v1', kind: 'Binding' };

/** `pods/binding`: gives a pod its node, once. */
export function bindingEndpoint(rest: () => Rest): Endpoint {
  return {
    group: '',
    version: 'v1',
    resource: 'pods',
    subresource: 'binding',
    namespaced: true,
    singular: '',
    verbs: ['create'],
    kind,
    schema: schemaOfKind(message, 'The node that a pod is to run on.'),
    async handle({ cluster, namespace, name, manager, dryRun, user, object = {} }) {
      const binding = decodeTyped({ ...kind, message }, object);
      check(binding, name);
      const options = { manager, dryRun, subresource: 'binding', user };
      const node = textAt(binding, 'target', 'name');
      await rest().mutate(podKind, { cluster, namespace, name }, options, (old) => {
        if (!old) throw notFound(podKind, name);
        checkPod(old, name);
        return { object: { ...old, spec: { nodeName: node } }, tracked: true };
      });
      return { status: 201, object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
    },
  };
}

function check(binding: StoredObject, name: string): void {
  const given = metadataOf(binding).name ?? '';
  if (given !== '' && given !== name) throw badRequest('name in URL does not match name in Binding object');
  const target = textAt(binding, 'target', 'kind');
  const faults: FieldFault[] = [
    ...(target === '' || target === 'Node' ? [] : [notSupported('target.kind', target, ['Node', '<empty>'])]),
    ...(textAt(binding, 'target', 'name') === '' ? [required('target.name')] : []),
  ];
  if (faults.length > 0) throw invalid(kind, name, faults);
}

function checkPod(pod: StoredObject, name: string): void {
  const of = { group: '', resource: 'pods/binding' };
  if (metadataOf(pod).deletionTimestamp !== undefined) {
    throw conflict(of, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  const node = textAt(pod, 'spec', 'nodeName');
  if (node !== '') throw conflict(of, name, `pod ${name} is already assigned to node ${JSON.stringify(node)}`);
}
